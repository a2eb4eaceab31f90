/** SIP phones on people's desks. */
import { type Person, useItems } from "@/api/settings";
import { t, useT } from "@/i18n/t";
import { ComboBox } from "@/ui/ComboBox";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { CrudSection } from "../crud/CrudSection";
import { errorAt } from "../crud/errors";
import { Columns, Group } from "../crud/fields";
import { asSlug } from "../crud/IdField";
import type { FormProps, Kind } from "../crud/kind";
import { PhonePassword } from "./PhonePassword";

interface DeskPhone {
  id: string;
  version: number;
  name: string;
  agent_id: string | null;
  enabled: boolean;
}

type PhoneDraft = Omit<DeskPhone, "version">;

const NOBODY = "-";

function Owner({ id }: { id: string | null }) {
  const { data } = useItems<Person>(id === null ? null : "/agents", 60_000);
  return <>{id === null ? t("telephone.phones.nobody") : data?.items.find((one) => one.id === id)?.name}</>;
}

function PhoneForm({ draft, set, errors, isNew, locked, item }: FormProps<PhoneDraft, DeskPhone>) {
  const text = useT();
  const { data } = useItems<Person>("/agents", 60_000);
  const people = (data?.items ?? []).filter((one) => !one.disabled || one.id === draft.agent_id);
  return (
    <>
      <Group title={text("telephone.phones.what")}>
        <Columns>
          <TextField
            label={text("admin.field.name")}
            value={draft.name}
            onChange={(name) => set({ name })}
            error={errorAt(errors, "name")}
            autoComplete="off"
            disabled={locked}
          />
          <TextField
            label={text("admin.field.extension")}
            value={draft.id}
            onChange={(id) => set({ id: asSlug(id) })}
            error={errorAt(errors, "id")}
            hint={isNew ? text("telephone.phones.id_hint") : undefined}
            placeholder="1001"
            autoComplete="off"
            disabled={!isNew}
          />
          <ComboBox
            key={people.length}
            label={text("admin.field.agent_id")}
            items={[
              { id: NOBODY, label: text("telephone.phones.nobody") },
              ...people.map((one) => ({ id: one.id, label: one.name, detail: one.email })),
            ]}
            value={draft.agent_id ?? NOBODY}
            onChange={(id) => set({ agent_id: id === NOBODY ? null : id })}
            error={errorAt(errors, "agent_id")}
            empty={text("telephone.phones.no_match")}
            disabled={locked}
          />
        </Columns>
        <Switch
          label={text("telephone.phones.in_use")}
          on={draft.enabled}
          onChange={(enabled) => set({ enabled })}
          disabled={locked}
        />
      </Group>
      {locked ? null : <PhonePassword id={item?.id ?? null} />}
    </>
  );
}

const PHONES: Kind<DeskPhone, PhoneDraft> = {
  section: "telephone/phones",
  path: "/desk-phones",
  writes: ["admin"],
  title: "telephone.tab.phones",
  add: "telephone.phones.add",
  empty: "telephone.phones.empty",
  emptyText: "telephone.phones.empty_text",
  removeTitle: "telephone.phones.remove",
  idOf: (phone) => phone.id,
  nameOf: (phone) => `${phone.id} ${phone.name}`,
  detailOf: (phone) => (phone.enabled ? <Owner id={phone.agent_id} /> : t("telephone.phones.off")),
  faded: (phone) => !phone.enabled,
  blank: () => ({ id: "", name: "", agent_id: null, enabled: true }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: PhoneForm,
};

export function PhonesTab({ id }: { id: string | undefined }) {
  return <CrudSection kind={PHONES} id={id} />;
}
