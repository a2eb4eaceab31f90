/** The name in three languages and the id that most records begin with; `children` stand in the id's row. */
import type { ReactNode } from "react";
import type { Trilingual } from "@/api/settings";
import { useT } from "@/i18n/t";
import { Columns, Languages } from "./fields";
import { IdField } from "./IdField";
import type { FormProps } from "./kind";

export interface NamingProps extends Omit<FormProps<{ id: string; name: Trilingual }>, "item"> {
  children?: ReactNode;
}

export function Naming({ draft, set, errors, isNew, locked, children }: NamingProps) {
  const t = useT();
  return (
    <>
      <Languages
        label={t("admin.field.name")}
        name="name"
        value={draft.name}
        onChange={(name) => set({ name })}
        errors={errors}
        locked={locked}
      />
      <Columns>
        <IdField value={draft.id} onChange={(id) => set({ id })} errors={errors} isNew={isNew} />
        {children}
      </Columns>
    </>
  );
}
