/** How the company plans: promises and costs, a usual day of each queue, kinds of shift. */
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import type { Queue } from "@/api/settings";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { showToast } from "@/ui/toasts";
import { NumberField } from "./NumberField";
import { PatternsEditor } from "./PatternsEditor";
import type { Described, Settings, SettingsAnswer } from "./staffing";
import styles from "./staffing.module.css";
import { UsualDays } from "./UsualDays";

export interface SettingsPanelProps {
  answer: SettingsAnswer;
  queues: readonly Queue[];
  onSaved: () => void;
}

const QUANTILES = ["p10", "expected", "p90"] as const;

export function SettingsPanel({ answer, queues, onSaved }: SettingsPanelProps) {
  const t = useT();
  const [settings, setSettings] = useState<Settings>(answer.settings);
  const [error, setError] = useState<ApiError | null>(null);
  const set = (change: Partial<Settings>) => setSettings((before) => ({ ...before, ...change }));
  const describe = (queue: string, day: Described | null) => {
    const { [queue]: _, ...rest } = settings.described;
    set({ described: day === null ? rest : { ...rest, [queue]: day } });
  };
  const save = async () => {
    setError(null);
    try {
      await api.put("/staffing/settings", { settings, version: answer.version });
      showToast({ tone: "good", text: t("staffing.saved") });
      onSaved();
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  return (
    <div className={styles.stack}>
      <Panel title={t("staffing.parameters")}>
        <div className={styles.stack}>
          <Switch label={t("staffing.pooled")} on={settings.pooled} onChange={(pooled) => set({ pooled })} />
          <div className={styles.fields}>
            <NumberField
              label={t("staffing.shrinkage")}
              value={Math.round(settings.shrinkage * 100)}
              most={80}
              onChange={(value) => set({ shrinkage: value / 100 })}
            />
            <NumberField
              label={t("staffing.patience")}
              value={settings.patience_s ?? 0}
              most={7200}
              hint={t("staffing.patience_hint")}
              onChange={(value) => set({ patience_s: value > 0 ? Math.max(5, value) : null })}
            />
            <NumberField
              label={t("staffing.at_once")}
              value={settings.at_once}
              least={1}
              most={10}
              onChange={(at_once) => set({ at_once })}
            />
            <NumberField
              label={t("staffing.least")}
              value={settings.least}
              most={1000}
              onChange={(least) => set({ least })}
            />
            <NumberField
              label={t("staffing.rest")}
              value={settings.rest_min / 60}
              most={24}
              onChange={(hours) => set({ rest_min: Math.round(hours * 60) })}
            />
            <NumberField
              label={t("staffing.under_cost")}
              value={settings.under_cost}
              least={0.1}
              most={100}
              onChange={(under_cost) => set({ under_cost })}
            />
            <NumberField
              label={t("staffing.over_cost")}
              value={settings.over_cost}
              most={10}
              onChange={(over_cost) => set({ over_cost })}
            />
            <NumberField
              label={t("staffing.time_limit")}
              value={settings.time_limit_s}
              least={1}
              most={300}
              onChange={(time_limit_s) => set({ time_limit_s })}
            />
            <Select
              label={t("staffing.plan_for")}
              items={QUANTILES.map((id) => ({ id, label: t(`staffing.quantile.${id}`) }))}
              value={settings.quantile}
              onChange={(id) => set({ quantile: QUANTILES.find((each) => each === id) ?? "expected" })}
            />
          </div>
        </div>
      </Panel>
      <Panel title={t("staffing.patterns")}>
        <PatternsEditor patterns={settings.patterns} onChange={(patterns) => set({ patterns })} />
      </Panel>
      <Panel title={t("staffing.usual_days")}>
        <p className={styles.quiet}>{t("staffing.usual_days_text")}</p>
        <UsualDays
          queues={queues}
          described={settings.described}
          onChange={describe}
          nameOf={(queue) => localText(queue.name, queue.id)}
        />
      </Panel>
      {error ? (
        <p role="alert" className={styles.less}>
          {error.message} {error.fix}
        </p>
      ) : null}
      <span className={styles.actions}>
        <Button tone="primary" onPress={() => void save()}>
          {t("staffing.save")}
        </Button>
      </span>
    </div>
  );
}
