/** A calendar: its week, its exceptions, its country's holidays, and the switch for emergencies. */
import { useMemo } from "react";
import { useT } from "@/i18n/t";
import { ComboBox } from "@/ui/ComboBox";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { errorAt } from "../crud/errors";
import { Group } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { Naming } from "../crud/Naming";
import type { Calendar } from "./calendar";
import { Exceptions } from "./Exceptions";
import { Holidays } from "./Holidays";
import type { CalendarDraft } from "./HoursSection";
import styles from "./hours.module.css";
import { Week } from "./Week";

const COUNTRIES = ["KR", "JP", "US", "none"] as const;

export function CalendarForm({ draft, set, errors, isNew, locked, item }: FormProps<CalendarDraft, Calendar>) {
  const t = useT();
  const zones = useMemo(() => Intl.supportedValuesOf("timeZone").map((id) => ({ id, label: id })), []);
  return (
    <>
      <div className={draft.emergency ? styles.emergencyOn : styles.emergency}>
        <Switch
          label={t("admin.hours.emergency")}
          on={draft.emergency}
          onChange={(emergency) => set({ emergency })}
          disabled={locked}
        />
        {draft.emergency ? <StateChip state="late">{t("admin.hours.emergency_on")}</StateChip> : null}
        <p>{t("admin.hours.emergency_hint")}</p>
      </div>
      <Group title={t("admin.hours.what")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked}>
          <ComboBox
            label={t("admin.field.time_zone")}
            items={zones}
            value={draft.time_zone}
            onChange={(time_zone) => set({ time_zone })}
            error={errorAt(errors, "time_zone")}
            disabled={locked}
            empty={t("ui.nothing_found")}
          />
          <Select
            label={t("admin.field.country")}
            items={COUNTRIES.map((id) => ({ id, label: t(`admin.country.${id}`) }))}
            value={draft.country || "none"}
            onChange={(id) => set({ country: id === "none" ? "" : id })}
            error={errorAt(errors, "country")}
            disabled={locked}
          />
        </Naming>
      </Group>
      <Week draft={draft} set={set} errors={errors} locked={locked} />
      <Exceptions draft={draft} set={set} errors={errors} locked={locked} />
      {item?.country ? (
        <Holidays calendar={item.id} country={item.country} changed={item.country !== draft.country} />
      ) : null}
    </>
  );
}
