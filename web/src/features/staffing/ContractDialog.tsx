/** A contract: hours a week, days, days off, kinds of shift. */
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Checkbox } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import type { Contract, Settings, Terms } from "./staffing";
import styles from "./staffing.module.css";
import { WEEKDAYS, weekdayName } from "./weekdays";

export interface ContractDialogProps {
  contract: Contract;
  settings: Settings;
  onClose: () => void;
  onSaved: () => void;
}

export function ContractDialog({ contract, settings, onClose, onSaved }: ContractDialogProps) {
  const t = useT();
  const [terms, setTerms] = useState<Terms>(contract.terms);
  const [daysOff, setDaysOff] = useState(contract.terms.days_off.join(", "));
  const [error, setError] = useState<ApiError | null>(null);
  const set = (change: Partial<Terms>) => setTerms((before) => ({ ...before, ...change }));
  const all = settings.patterns.map((each) => each.pattern.id);
  const works = terms.pattern_ids ?? all;
  const toggled = <V,>(values: readonly V[], value: V, on: boolean) =>
    on ? [...values.filter((each) => each !== value), value] : values.filter((each) => each !== value);
  const save = async () => {
    const days_off = daysOff.split(/[\s,]+/).filter(Boolean);
    try {
      await api.put(`/staffing/contracts/${contract.agent_id}`, {
        terms: { ...terms, days_off },
        version: contract.version,
      });
      onSaved();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  return (
    <Dialog
      title={t("staffing.contract_of", { name: contract.name })}
      open
      onClose={onClose}
      actions={
        <Button tone="primary" onPress={() => void save()}>
          {t("staffing.save")}
        </Button>
      }
    >
      <div className={styles.stack}>
        <div className={styles.fields}>
          <TextField
            label={t("staffing.week_least")}
            type="number"
            min={0}
            max={168}
            value={String(terms.week_min_min / 60)}
            onChange={(value) => set({ week_min_min: Math.round(Number(value) * 60) })}
          />
          <TextField
            label={t("staffing.week_most")}
            type="number"
            min={0}
            max={168}
            value={String(terms.week_max_min / 60)}
            onChange={(value) => set({ week_max_min: Math.round(Number(value) * 60) })}
          />
          <TextField
            label={t("staffing.days_at_most")}
            type="number"
            min={0}
            max={7}
            value={String(terms.days_at_most)}
            onChange={(value) => set({ days_at_most: Math.round(Number(value)) })}
          />
        </div>
        <fieldset className={styles.checks}>
          <legend>{t("staffing.weekdays")}</legend>
          {WEEKDAYS.map((day) => (
            <Checkbox
              key={day}
              label={weekdayName(day)}
              on={terms.weekdays.includes(day)}
              onChange={(on) => set({ weekdays: [...toggled(terms.weekdays, day, on)].sort() })}
            />
          ))}
        </fieldset>
        <fieldset className={styles.checks}>
          <legend>{t("staffing.patterns")}</legend>
          {settings.patterns.map(({ name, pattern }) => (
            <Checkbox
              key={pattern.id}
              label={localText(name, pattern.id)}
              on={works.includes(pattern.id)}
              onChange={(on) => {
                const next = toggled(works, pattern.id, on);
                set({ pattern_ids: all.every((id) => next.includes(id)) ? null : next });
              }}
            />
          ))}
        </fieldset>
        <TextField
          label={t("staffing.days_off")}
          value={daysOff}
          onChange={setDaysOff}
          hint={t("staffing.days_off_hint")}
          rows={2}
        />
        {error ? (
          <p role="alert" className={styles.less}>
            {error.message} {error.fix}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
