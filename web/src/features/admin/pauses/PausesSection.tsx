/** Why somebody is away, in the company's own words. */
import type { Trilingual } from "@/api/settings";
import { localText, t, useT } from "@/i18n/t";
import { Switch } from "@/ui/Switch";
import { CrudSection } from "../crud/CrudSection";
import { errorAt } from "../crud/errors";
import { Group, NO_TEXTS, NumberField } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { SectionProps } from "../sections";

interface PauseReason {
  id: string;
  version: number;
  name: Trilingual;
  paid: boolean;
  position: number;
}

type PauseDraft = Omit<PauseReason, "version">;

function PauseForm({ draft, set, errors, isNew, locked }: FormProps<PauseDraft, PauseReason>) {
  const text = useT();
  return (
    <Group title={text("admin.pauses.what")}>
      <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked}>
        <NumberField
          label={text("admin.field.position")}
          value={draft.position}
          onChange={(value) => set({ position: value ?? Number.NaN })}
          error={errorAt(errors, "position")}
          min={1}
          max={1000}
          locked={locked}
        />
      </Naming>
      <Switch
        label={`${text("admin.field.paid")} – ${text("admin.pauses.paid_hint")}`}
        on={draft.paid}
        onChange={(paid) => set({ paid })}
        disabled={locked}
      />
    </Group>
  );
}

const PAUSES: Kind<PauseReason, PauseDraft> = {
  section: "pauses",
  path: "/pause-reasons",
  writes: ["supervisor", "admin"],
  title: "admin.section.pauses",
  add: "admin.pauses.add",
  empty: "admin.pauses.empty",
  emptyText: "admin.pauses.empty_text",
  removeTitle: "admin.pauses.remove",
  idOf: (one) => one.id,
  nameOf: (one) => localText(one.name, one.id),
  detailOf: (one) => (one.paid ? t("admin.field.paid") : one.id),
  blank: () => ({ id: "", name: NO_TEXTS, paid: true, position: 1 }),
  draftOf: ({ version: _version, ...draft }) => draft,
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: PauseForm,
};

export default function PausesSection({ id }: SectionProps) {
  return <CrudSection kind={PAUSES} id={id} />;
}
