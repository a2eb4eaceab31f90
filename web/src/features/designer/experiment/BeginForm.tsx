/** Name what is to be known, see what it takes, and begin. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { type Draft, draftOf, METRICS, type Plan, USUAL_S, wishOf } from "./experiment";
import styles from "./experiment.module.css";

export function BeginForm({ journey, versions }: { journey: string; versions: readonly number[] }) {
  const t = useT();
  const [edited, setEdited] = useState<Draft | null>(null);
  const [plan, setPlan] = useState<Plan | null>(null);
  const { busy, problem, send } = useSending();
  const draft = edited ?? draftOf(versions);
  if (!draft) return <p className={styles.quiet}>{t("reasons.exp.too_few")}</p>;
  const wish = wishOf(draft);
  const set = (change: Partial<Draft>) => {
    setEdited({ ...draft, ...change });
    setPlan(null); // it was made for another wish
  };
  const choices = versions.map((one) => ({ id: String(one), label: t("reasons.exp.version", { version: one }) }));
  const address = `/journeys/${journey}/splits`;
  return (
    <form
      className={styles.form}
      aria-label={t("reasons.exp.begin_title")}
      onSubmit={(event) => event.preventDefault()}
    >
      <Select
        label={t("reasons.exp.version_a")}
        items={choices}
        value={String(draft.version_a)}
        onChange={(id) => set({ version_a: Number(id) })}
      />
      <Select
        label={t("reasons.exp.version_b")}
        items={choices}
        value={String(draft.version_b)}
        onChange={(id) => set({ version_b: Number(id) })}
      />
      <Select
        label={t("reasons.exp.metric")}
        items={METRICS.map((one) => ({ id: one, label: t(`reasons.exp.metric.${one}`) }))}
        value={draft.metric}
        onChange={(id) => {
          const metric = METRICS.find((one) => one === id);
          if (metric) set({ metric, within_s: String(USUAL_S[metric]) });
        }}
      />
      <TextField
        label={t("reasons.exp.within")}
        hint={t("reasons.exp.within_hint")}
        type="number"
        min={30}
        value={draft.within_s}
        onChange={(within_s) => set({ within_s })}
      />
      <TextField
        label={t("reasons.exp.share")}
        type="number"
        min={5}
        max={95}
        value={draft.share}
        onChange={(share) => set({ share })}
      />
      <TextField
        label={t("reasons.exp.difference")}
        type="number"
        min={0.5}
        max={90}
        value={draft.difference}
        onChange={(difference) => set({ difference })}
      />
      {plan ? (
        <p role="status" className={styles.plan}>
          {t("reasons.exp.planned", { needed: formatNumber(plan.needed), base: formatPercent(plan.base) })}{" "}
          {plan.base_known ? null : t("reasons.exp.base_unknown")}{" "}
          {plan.days === null ? null : t("reasons.exp.days", { days: formatNumber(Math.ceil(plan.days)) })}
        </p>
      ) : null}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <div className={styles.actions}>
        <Button
          isPending={busy}
          isDisabled={wish === null}
          onPress={() => void send(async () => setPlan(await api.post<Plan>(`${address}/plan`, wish)))}
        >
          {t("reasons.exp.plan")}
        </Button>
        <Button
          tone="primary"
          isPending={busy && plan !== null}
          isDisabled={wish === null || plan === null}
          onPress={() =>
            void send(async () => {
              await api.post(address, wish);
              refresh(address);
            })
          }
        >
          {busy && plan ? t("reasons.exp.proving") : t("reasons.exp.begin")}
        </Button>
      </div>
    </form>
  );
}
