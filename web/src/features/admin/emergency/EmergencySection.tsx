/** The emergency switch, and the messages prepared for it. */

import { EmergencySwitch } from "@/app/emergency/EmergencySwitch";
import { type Draft, EVERYBODY, type PreparedMessage } from "@/app/emergency/emergency";
import { ScopeFields } from "@/app/emergency/ScopeFields";
import { localText, t, useT } from "@/i18n/t";
import { CrudSection } from "../crud/CrudSection";
import styles from "../crud/crud.module.css";
import { errorAt } from "../crud/errors";
import { Group, Languages, NO_TEXTS, NumberField } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { SectionProps } from "../sections";

type PreparedDraft = Omit<Draft, "prepared_id"> & Pick<PreparedMessage, "id" | "name">;

function PreparedForm({ draft, set, errors, isNew, locked }: FormProps<PreparedDraft, PreparedMessage>) {
  const text = useT();
  const spoken = draft.spoken ?? NO_TEXTS;
  return (
    <Group title={text("admin.prepared.what")}>
      <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked}>
        <NumberField
          label={text("admin.field.lasts_s")}
          value={draft.lasts_s}
          onChange={(value) => set({ lasts_s: value ?? Number.NaN })}
          error={errorAt(errors, "lasts_s")}
          min={300}
          max={2_678_400}
          locked={locked}
        />
      </Naming>
      <Languages
        label={text("admin.field.texts")}
        name="texts"
        value={draft.texts}
        onChange={(texts) => set({ texts })}
        errors={errors}
        locked={locked}
        rows={4}
        maxLength={4000}
      />
      <Languages
        label={`${text("admin.field.spoken")} – ${text("admin.spoken_hint")}`}
        name="spoken"
        value={spoken}
        onChange={(each) => set({ spoken: each.ko || each.ja || each.en ? each : null })}
        errors={errors}
        locked={locked}
        rows={3}
        maxLength={4000}
      />
      <ScopeFields scope={draft.scope} onChange={(scope) => set({ scope })} locked={locked} />
    </Group>
  );
}

const PREPARED: Kind<PreparedMessage, PreparedDraft> = {
  section: "emergency",
  path: "/prepared-messages",
  writes: ["supervisor", "designer", "admin"],
  title: "admin.section.emergency",
  add: "admin.prepared.add",
  empty: "admin.prepared.empty",
  emptyText: "admin.prepared.empty_text",
  removeTitle: "admin.prepared.remove",
  idOf: (one) => one.id,
  nameOf: (one) => localText(one.name, one.id),
  detailOf: (one) => t(one.version === 0 ? "admin.prepared.built_in" : "admin.prepared.own"),
  blank: () => ({ id: "", name: NO_TEXTS, texts: NO_TEXTS, spoken: null, scope: EVERYBODY, lasts_s: 3600 }),
  draftOf: ({ version: _version, scope, ...draft }) => ({ ...draft, scope: { ...EVERYBODY, ...scope } }),
  bodyOf: ({ id, ...body }, version) => (version === null ? { id, ...body } : { ...body, version }),
  Form: PreparedForm,
};

export default function EmergencySection({ id }: SectionProps) {
  return (
    <div className={styles.stack}>
      <div className={styles.stackHead}>
        <EmergencySwitch />
      </div>
      <CrudSection kind={PREPARED} id={id} />
    </div>
  );
}
