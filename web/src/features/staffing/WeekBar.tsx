/** Which week, from which expectation; and the button that plans it. */
import { ChevronLeft, ChevronRight, Sparkles } from "lucide-react";
import { formatDay } from "@/i18n/format";
import { type T, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { addDays } from "./staffing";
import styles from "./staffing.module.css";
import type { Week } from "./useWeek";

export function WeekBar({ view, ready }: { view: Week; ready: boolean }) {
  const t = useT();
  const { week, setWeek, sources, source, setSource, planning, begin } = view;
  return (
    <>
      <span className={styles.week}>
        <IconButton
          label={t("staffing.week_before")}
          icon={<ChevronLeft size={16} aria-hidden="true" />}
          onPress={() => setWeek(addDays(week, -7))}
        />
        <span aria-live="polite">{t("staffing.week_of", { day: formatDay(`${week}T12:00:00`) })}</span>
        <IconButton
          label={t("staffing.week_after")}
          icon={<ChevronRight size={16} aria-hidden="true" />}
          onPress={() => setWeek(addDays(week, 7))}
        />
      </span>
      <Select
        label={t("staffing.source")}
        labelHidden
        items={sources.map((id) => ({ id, label: sourceName(t, id) }))}
        value={source}
        onChange={setSource}
      />
      <Button
        tone="primary"
        icon={<Sparkles size={14} aria-hidden="true" />}
        isDisabled={planning || !ready}
        onPress={() => void begin()}
      >
        {t("staffing.make_plan")}
      </Button>
    </>
  );
}

function sourceName(t: T, id: string): string {
  if (id === "history" || id === "described" || id === "forecast" || id === "twin")
    return t(`staffing.source.${id}`);
  return id;
}
