/** How long customers should wait in a queue at most, and what happens around a contact there. */
import { type JourneyLine, type Queue, useItems } from "@/api/settings";
import { localText, lookup, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { Calendar } from "../hours/calendar";
import { Dispositions } from "./Dispositions";
import type { QueueDraft } from "./QueuesSection";
import { RulesFields } from "./RulesFields";

const NONE = "-";
type Counted = "priority" | "target_s" | "target_share" | "offer_s" | "max_waiting";

export function QueueForm({ draft, set, errors, isNew, locked }: FormProps<QueueDraft, Queue>) {
  const t = useT();
  const calendars = useItems<Calendar>("/calendars");
  const journeys = useItems<JourneyLine>("/journeys");
  const surveys = (journeys.data?.items ?? []).filter((journey) => journey.kind === "survey");
  const number = (field: Counted, min: number, max: number, hint?: string) => (
    <NumberField
      label={t(`admin.field.${field}`)}
      value={draft[field]}
      onChange={(value) => set({ [field]: value ?? Number.NaN })}
      error={errorAt(errors, field)}
      min={min}
      max={max}
      hint={hint}
      locked={locked}
    />
  );
  return (
    <>
      <Group title={t("admin.queues.what")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked}>
          {number("priority", 1, 9, t("admin.queues.priority_hint"))}
          {number("max_waiting", 1, 100_000, t("admin.queues.max_hint"))}
        </Naming>
      </Group>
      <Group title={t("board.column.level")} hint={t("admin.queues.level_hint")}>
        <Columns>
          {number("target_share", 1, 100)}
          {number("target_s", 1, 86_400)}
        </Columns>
      </Group>
      <Group title={t("admin.queues.around")}>
        <Columns>
          {number("offer_s", 5, 300, t("admin.queues.offer_hint"))}
          <NumberField
            label={t("admin.field.wrap_up_s")}
            value={draft.wrap_up_s}
            onChange={(value) => set({ wrap_up_s: value ?? Number.NaN })}
            error={errorAt(errors, "wrap_up_s")}
            min={-1}
            max={3600}
            hint={t("admin.queues.wrap_hint")}
            locked={locked}
          />
          <Select
            label={t("admin.field.calendar_id")}
            items={[
              { id: NONE, label: t("admin.queues.no_calendar") },
              ...(calendars.data?.items ?? []).map(({ id, name }) => ({ id, label: localText(name, id) })),
            ]}
            value={draft.calendar_id ?? NONE}
            onChange={(id) => set({ calendar_id: id === NONE ? null : id })}
            error={errorAt(errors, "calendar_id")}
            disabled={locked}
          />
          <Select
            label={t("admin.field.survey_journey_id")}
            items={[
              { id: NONE, label: t("admin.queues.no_survey") },
              ...surveys.map(({ id }) => ({ id, label: lookup(`thread.journey.${id}`) ?? id })),
            ]}
            value={draft.survey_journey_id ?? NONE}
            onChange={(id) => set({ survey_journey_id: id === NONE ? null : id })}
            error={errorAt(errors, "survey_journey_id")}
            disabled={locked}
          />
        </Columns>
        <Switch
          label={t("admin.queues.wrap_up_optional")}
          on={draft.wrap_up_optional ?? false}
          onChange={(wrap_up_optional) => set({ wrap_up_optional })}
          disabled={locked}
        />
      </Group>
      <RulesFields
        rules={draft.rules}
        onChange={(rules) => set({ rules })}
        errors={errors}
        locked={locked}
        own={draft.id}
      />
      <Dispositions draft={draft} set={set} errors={errors} locked={locked} />
    </>
  );
}
