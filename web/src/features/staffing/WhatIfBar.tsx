/** What if more customers come, we promise more, or agents are away more often: changes for this look and this plan. */
import { RotateCcw } from "lucide-react";
import { useId } from "react";
import { formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { AS_SET, type WhatIf } from "./staffing";
import styles from "./staffing.module.css";

export interface WhatIfBarProps {
  what: WhatIf;
  onChange: (what: WhatIf) => void;
  onReset: () => void;
}

export function WhatIfBar({ what, onChange, onReset }: WhatIfBarProps) {
  const t = useT();
  const id = useId();
  const set = (change: Partial<WhatIf>) => onChange({ ...what, ...change });
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
        <TextField
          label={t("staffing.share")}
          type="number"
          min={0}
          max={99}
          value={what.share}
          placeholder={t("staffing.as_set")}
          onChange={(share) => set({ share })}
        />
        <TextField
          label={t("staffing.within")}
          type="number"
          min={1}
          max={3600}
          value={what.within_s}
          placeholder={t("staffing.as_set")}
          onChange={(within_s) => set({ within_s })}
        />
        <TextField
          label={t("staffing.patience")}
          type="number"
          min={5}
          max={7200}
          value={what.patience_s}
          placeholder={t("staffing.as_set")}
          onChange={(patience_s) => set({ patience_s })}
        />
        <TextField
          label={t("staffing.shrinkage")}
          type="number"
          min={0}
          max={80}
          value={what.shrinkage}
          placeholder={t("staffing.as_set")}
          onChange={(shrinkage) => set({ shrinkage })}
        />
      </div>
      {changed ? (
        <Button tone="quiet" icon={<RotateCcw size={14} aria-hidden="true" />} onPress={onReset}>
          {t("staffing.reset")}
        </Button>
      ) : null}
    </fieldset>
  );
}
