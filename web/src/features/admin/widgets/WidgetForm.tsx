/** A widget: what it says, how it looks, where it may appear, and the line of script for the page. */
import { type JourneyLine, useItems } from "@/api/settings";
import { lookup, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Columns, Group, Languages, NumberField } from "../crud/fields";
import { IdField } from "../crud/IdField";
import type { FormProps } from "../crud/kind";
import { Look } from "./Look";
import { Snippet } from "./Snippet";
import type { Widget, WidgetDraft } from "./widget";

export function WidgetForm({ draft, set, errors, isNew, locked, item }: FormProps<WidgetDraft, Widget>) {
  const t = useT();
  const { data } = useItems<JourneyLine>("/journeys");
  const journeys = (data?.items ?? []).filter((journey) => journey.kind === "journey");
  return (
    <>
      {item ? <Snippet widget={item.key} /> : null}
      <Group title={t("admin.widgets.what")}>
        <Languages
          label={t("admin.field.name")}
          name="name"
          value={draft.name}
          onChange={(name) => set({ name })}
          errors={errors}
          locked={locked}
        />
        <Languages
          label={t("admin.field.greeting")}
          name="greeting"
          value={draft.greeting}
          onChange={(greeting) => set({ greeting })}
          errors={errors}
          locked={locked}
          rows={3}
        />
        <Columns>
          <IdField value={draft.key} onChange={(key) => set({ key })} errors={errors} isNew={isNew} field="key" />
          <Select
            label={t("admin.field.journey_id")}
            items={journeys.map(({ id }) => ({ id, label: lookup(`thread.journey.${id}`) ?? id, detail: id }))}
            value={draft.journey_id || null}
            onChange={(journey_id) => set({ journey_id })}
            error={errorAt(errors, "journey_id")}
            disabled={locked}
          />
        </Columns>
        <span>
          <Switch
            label={t("admin.widgets.enabled")}
            on={draft.enabled}
            onChange={(enabled) => set({ enabled })}
            disabled={locked}
          />{" "}
          {draft.enabled ? null : <StateChip state="off">{t("admin.widgets.off_text")}</StateChip>}
        </span>
      </Group>
      <Look draft={draft} set={set} errors={errors} locked={locked} />
      <Group title={t("admin.widgets.where")} hint={t("admin.widgets.where_hint")}>
        <TextField
          label={t("admin.field.origins")}
          value={draft.origins}
          onChange={(origins) => set({ origins })}
          error={errorAt(errors, "origins")}
          placeholder="https://shop.example"
          rows={4}
          disabled={locked}
        />
        <Columns>
          <NumberField
            label={t("admin.field.upload_max_bytes")}
            value={draft.upload_max_mb}
            onChange={(value) => set({ upload_max_mb: value ?? Number.NaN })}
            error={errorAt(errors, "upload_max_bytes")}
            hint={t("admin.widgets.upload_hint")}
            min={0}
            max={25}
            locked={locked}
          />
        </Columns>
      </Group>
    </>
  );
}
