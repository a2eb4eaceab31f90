/** An announcement: where, what in three languages, and from when to when; it always ends. */
import { ScopeFields } from "@/app/emergency/ScopeFields";
import { lookup, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Columns, Group, Languages, NO_TEXTS } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { type Announcement, type AnnouncementDraft, fromLocal, PHASE_STATES, phaseOf } from "./announcement";
import { Preview } from "./Preview";

const SLOTS = ["emergency", "holiday", "promotion"] as const;

export function AnnouncementForm({ draft, set, errors, locked }: FormProps<AnnouncementDraft, Announcement>) {
  const t = useT();
  const now = useServerNow();
  const times = { starts_at: fromLocal(draft.starts), ends_at: fromLocal(draft.ends) };
  const phase = phaseOf({ ...times, enabled: draft.enabled }, now);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Group title={t("admin.announcements.when")} hint={t("admin.announcements.when_hint", { zone })}>
        <Columns>
          <TextField
            label={t("admin.field.starts_at")}
            type="datetime-local"
            value={draft.starts}
            onChange={(starts) => set({ starts })}
            error={errorAt(errors, "starts_at")}
            disabled={locked}
          />
          <TextField
            label={t("admin.field.ends_at")}
            type="datetime-local"
            value={draft.ends}
            onChange={(ends) => set({ ends })}
            error={errorAt(errors, "ends_at")}
            disabled={locked}
          />
        </Columns>
        <span>
          <StateChip state={PHASE_STATES[phase]}>{t(`admin.phase.${phase}`)}</StateChip>
        </span>
        <Switch
          label={t("admin.field.enabled")}
          on={draft.enabled}
          onChange={(enabled) => set({ enabled })}
          disabled={locked}
        />
      </Group>
      <Group title={t("admin.announcements.text")}>
        <Columns>
          <TextField
            label={t("admin.field.slot")}
            value={draft.slot}
            onChange={(slot) => set({ slot: slot.toLowerCase().trim() })}
            error={errorAt(errors, "slot")}
            hint={t("admin.announcements.slot_hint", {
              slots: SLOTS.map((slot) => `${slot} (${lookup(`admin.slot.${slot}`) ?? slot})`).join(", "),
            })}
            disabled={locked}
          />
        </Columns>
        <Languages
          label={t("admin.field.texts")}
          name="texts"
          value={draft.texts}
          onChange={(texts) => set({ texts })}
          errors={errors}
          locked={locked}
          rows={5}
          maxLength={4000}
        />
        <Languages
          label={`${t("admin.field.spoken")} – ${t("admin.spoken_hint")}`}
          name="spoken"
          value={draft.spoken ?? NO_TEXTS}
          onChange={(each) => set({ spoken: each.ko || each.ja || each.en ? each : null })}
          errors={errors}
          locked={locked}
          rows={3}
          maxLength={4000}
        />
      </Group>
      <ScopeFields scope={draft.scope} onChange={(scope) => set({ scope })} locked={locked} />
      {locked ? null : <Preview draft={draft} />}
    </>
  );
}
