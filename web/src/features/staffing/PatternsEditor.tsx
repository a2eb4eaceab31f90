/** Kinds of shift: how long, when they begin, how many a day. Pauses keep their windows. */
import { Plus, Trash2 } from "lucide-react";
import { localText, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { NumberField } from "./NumberField";
import { clockOf, minutesOf, type Pattern, type Settings } from "./staffing";
import styles from "./staffing.module.css";

type Kinds = Settings["patterns"];
const MOST = 12;

export function PatternsEditor({ patterns, onChange }: { patterns: Kinds; onChange: (patterns: Kinds) => void }) {
  const t = useT();
  const change = (id: string, part: Partial<Pattern>) =>
    onChange(
      patterns.map((each) => (each.pattern.id === id ? { ...each, pattern: { ...each.pattern, ...part } } : each)),
    );
  const add = () => {
    const number = patterns.length + 1;
    const id = `kind-${number}-${Date.now().toString(36)}`;
    const pattern: Pattern = {
      id,
      length_min: 360,
      earliest_start_min: 540,
      latest_start_min: 720,
      step_min: 30,
      pauses: [{ kind: "break", length_min: 15, from_min: 120, to_min: 240 }],
      weekdays: [0, 1, 2, 3, 4, 5, 6],
      at_most: null,
      paid_lunch: false,
      cost: 1,
    };
    const name = { ko: `근무 유형 ${number}`, ja: `シフト種別 ${number}`, en: `Kind ${number}` };
    onChange([...patterns, { name, pattern }]);
  };
  return (
    <div className={styles.stack}>
      {patterns.map(({ name, pattern }, at) => {
        const label = localText(name, pattern.id);
        return (
          <fieldset key={pattern.id} className={styles.fields}>
            <legend className={styles.subhead}>{label}</legend>
            {(["ko", "ja", "en"] as const).map((locale) => (
              <TextField
                key={locale}
                label={t(`staffing.name.${locale}`)}
                lang={locale}
                maxLength={60}
                value={name[locale] ?? ""}
                onChange={(text) =>
                  onChange(
                    patterns.map((each, nth) =>
                      nth === at ? { ...each, name: { ...each.name, [locale]: text } } : each,
                    ),
                  )
                }
              />
            ))}
            <NumberField
              label={t("staffing.length")}
              value={pattern.length_min / 60}
              least={1}
              most={12}
              onChange={(hours) => change(pattern.id, { length_min: Math.round(hours * 2) * 30 })}
            />
            <TextField
              label={t("staffing.earliest")}
              type="time"
              value={clockOf(pattern.earliest_start_min)}
              onChange={(clock) => clock && change(pattern.id, { earliest_start_min: minutesOf(clock) })}
            />
            <TextField
              label={t("staffing.latest")}
              type="time"
              value={clockOf(pattern.latest_start_min)}
              onChange={(clock) => clock && change(pattern.id, { latest_start_min: minutesOf(clock) })}
            />
            <TextField
              label={t("staffing.at_most")}
              type="number"
              min={0}
              value={pattern.at_most === null ? "" : String(pattern.at_most)}
              placeholder={t("staffing.no_limit")}
              onChange={(text) =>
                change(pattern.id, { at_most: text.trim() === "" ? null : Math.max(0, Math.round(Number(text))) })
              }
            />
            <IconButton
              label={t("staffing.remove_pattern", { name: label })}
              icon={<Trash2 size={14} aria-hidden="true" />}
              onPress={() => onChange(patterns.filter((each) => each.pattern.id !== pattern.id))}
            />
          </fieldset>
        );
      })}
      <span className={styles.actions}>
        <Button icon={<Plus size={14} aria-hidden="true" />} isDisabled={patterns.length >= MOST} onPress={add}>
          {t("staffing.add_pattern")}
        </Button>
      </span>
    </div>
  );
}
