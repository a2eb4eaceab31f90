/** What if more customers come, we promise more, or agents are away more often: changes for this look and this plan. */
import { RotateCcw } from "lucide-react";
import { useId } from "react";
import { formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { ALLOWED, AS_SET, oddParts, type WhatIf } from "./staffing";
import styles from "./staffing.module.css";

const FIELDS = [
  ["share", "staffing.share"],
  ["within_s", "staffing.within"],
  ["patience_s", "staffing.patience"],
  ["shrinkage", "staffing.shrinkage"],
] as const;

export interface WhatIfBarProps {
  what: WhatIf;
  onChange: (what: WhatIf) => void;
  onReset: () => void;
}

export function WhatIfBar({ what, onChange, onReset }: WhatIfBarProps) {
  const t = useT();
  const id = useId();
  const set = (change: Partial<WhatIf>) => onChange({ ...what, ...change });
  const odd = oddParts(what);
  const changed = JSON.stringify(what) !== JSON.stringify(AS_SET);
  return (
    <fieldset className={styles.whatIf}>
      <legend>{t("staffing.what_if")}</legend>
      <div className={styles.slider}>
        <label htmlFor={id}>{t("staffing.volume")}</label>
        <input
          id={id}
          type="range"
          min={50}
          max={200}
          step={5}
          value={what.volume}
          aria-valuetext={formatPercent(what.volume / 100)}
          onChange={(event) => set({ volume: Number(event.target.value) })}
        />
        <output htmlFor={id}>{formatPercent(what.volume / 100)}</output>
      </div>
      <div className={styles.fields}>
        {FIELDS.map(([name, label]) => {
          const [least, most] = ALLOWED[name];
          return (
            <TextField
              key={name}
              label={t(label)}
              type="number"
              min={least}
              max={most}
              value={what[name]}
              placeholder={t("staffing.as_set")}
              error={odd.includes(name) ? t("staffing.from_to", { least, most }) : null}
              onChange={(value) => set({ [name]: value })}
            />
          );
        })}
      </div>
      {changed ? (
        <Button tone="quiet" icon={<RotateCcw size={14} aria-hidden="true" />} onPress={onReset}>
          {t("staffing.reset")}
        </Button>
      ) : null}
    </fieldset>
  );
}
