/** Which days; and the same figures as a file. */
import { api } from "@/api/client";
import { useLocale, useT } from "@/i18n/t";
import { DownloadLink } from "@/ui/DownloadLink";
import { Segments } from "@/ui/Segments";
import { TextField } from "@/ui/TextField";
import { addDays, type Choice, PRESETS, type Preset, presetOf } from "./reports";
import styles from "./reports.module.css";

export interface RangeBarProps {
  choice: Choice;
  today: string;
  onChoose: (change: Partial<Choice>) => void;
}

const NAMES = Object.keys(PRESETS) as Preset[];

export function RangeBar({ choice, today, onChoose }: RangeBarProps) {
  const t = useT();
  const locale = useLocale();
  const preset = presetOf(choice, today);
  const { from, to, group } = choice;
  return (
    <>
      <Segments
        label={t("reports.range")}
        items={NAMES.map((id) => ({ id, label: t(`reports.preset.${id}`) }))}
        chosen={preset}
        onChoose={(name) =>
          onChoose({ from: addDays(today, 1 - PRESETS[name]), to: today, key: undefined, all: false })
        }
      />
      <span className={styles.dates}>
        <TextField
          label={t("reports.from")}
          labelHidden
          type="date"
          value={from}
          max={to}
          onChange={(day) => day && onChoose({ from: day, to: day > to ? day : to })}
        />
        <span aria-hidden="true">–</span>
        <TextField
          label={t("reports.to")}
          labelHidden
          type="date"
          value={to}
          min={from}
          onChange={(day) => day && onChoose({ to: day, from: day < from ? day : from })}
        />
      </span>
      <DownloadLink href={api.url("/reports/summary.csv", { from, to, group, locale })}>
        {t("reports.csv")}
      </DownloadLink>
    </>
  );
}
