/** What to ask: which day, and with how much more or less of what. */
import { Play, RotateCcw } from "lucide-react";
import { useId } from "react";
import { formatNumber, formatPercent } from "@/i18n/format";
import type { Key } from "@/i18n/keys";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { type Choice, Select } from "@/ui/Select";
import { Checkbox } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { ALL, type Days, type Draft, draftFor, isOdd, isUnchanged, KINDS } from "./whatif";
import styles from "./whatif.module.css";

interface SliderProps {
  label: string;
  value: number;
  least: number;
  most: number;
  step: number;
  show: (value: number) => string;
  onChange: (value: number) => void;
}

function Slider({ label, value, least, most, step, show, onChange }: SliderProps) {
  const id = useId();
  return (
    <div className={styles.slider}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={show(value)}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output htmlFor={id}>{show(value)}</output>
    </div>
  );
}

export interface WhatIfFormProps {
  draft: Draft;
  days: Days;
  queues: readonly Choice[];
  busy: boolean;
  onChange: (draft: Draft) => void;
  onAsk: () => void;
}

export function WhatIfForm({ draft, days, queues, busy, onChange, onAsk }: WhatIfFormProps) {
  const t = useT();
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  const changed = !isUnchanged(draft);
  const odd = isOdd(draft.outage) || isOdd(draft.promotion);
  const ahead = draft.date > days.today;
  const signed = (value: number) => (value > 0 ? `+${formatNumber(value)}` : formatNumber(value));
  const percent = (value: number) => formatPercent(value / 100);
  const span = (name: "outage" | "promotion") => (
    <div className={styles.span}>
      {([0, 1] as const).map((end) => (
        <TextField
          key={end}
          label={t(`whatif.${name}_${end === 0 ? "from" : "until"}` as Key)}
          type="time"
          value={draft[name][end]}
          error={end === 1 && isOdd(draft[name]) ? t("whatif.odd_span") : null}
          onChange={(clock) =>
            set({ [name]: end === 0 ? [clock, draft[name][1]] : [draft[name][0], clock] } as Partial<Draft>)
          }
        />
      ))}
    </div>
  );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onAsk();
      }}
    >
      <div className={styles.row}>
        <Select
          label={t("whatif.question")}
          items={KINDS.map((kind) => ({
            id: kind,
            label: t(`whatif.kind.${kind}` as Key),
            detail: t(`whatif.about.${kind}` as Key),
          }))}
          value={draft.kind}
          onChange={(kind) => set({ kind: kind as Draft["kind"] })}
        />
        <TextField
          label={t("whatif.day")}
          type="date"
          value={draft.date}
          max={draft.kind === "replay" ? days.today : undefined}
          required
          onChange={(date) => set({ date })}
        />
        {draft.kind === "replay" ? null : (
          <>
            <Select
              label={t("whatif.queue")}
              items={[{ id: ALL, label: t("whatif.all_queues") }, ...queues]}
              value={draft.queue_id}
              onChange={(queue_id) => set({ queue_id })}
            />
            <Checkbox
              label={t("whatif.forecast")}
              on={ahead || draft.forecast}
              disabled={ahead}
              onChange={(forecast) => set({ forecast })}
            />
          </>
        )}
      </div>
      {draft.kind === "replay" ? null : (
        <fieldset className={styles.sliders}>
          <legend>{t("whatif.changes")}</legend>
          {draft.kind === "staff" ? null : (
            <Slider
              label={t("whatif.agents")}
              value={draft.agents}
              least={-10}
              most={10}
              step={1}
              show={signed}
              onChange={(agents) => set({ agents })}
            />
          )}
          <Slider
            label={t("whatif.volume")}
            value={draft.volume}
            least={50}
            most={200}
            step={5}
            show={percent}
            onChange={(volume) => set({ volume })}
          />
          <Slider
            label={t("whatif.handle")}
            value={draft.handle}
            least={50}
            most={150}
            step={5}
            show={percent}
            onChange={(handle) => set({ handle })}
          />
          <Slider
            label={t("whatif.patience")}
            value={draft.patience}
            least={25}
            most={200}
            step={5}
            show={percent}
            onChange={(patience) => set({ patience })}
          />
          {span("outage")}
          <div className={styles.rush}>
            {span("promotion")}
            <Slider
              label={t("whatif.factor")}
              value={draft.factor}
              least={1}
              most={10}
              step={0.5}
              show={(value) => t("whatif.times", { times: formatNumber(value, 1) })}
              onChange={(factor) => set({ factor })}
            />
          </div>
        </fieldset>
      )}
      <div className={styles.actions}>
        <Button
          type="submit"
          tone="primary"
          icon={<Play size={14} aria-hidden="true" />}
          isDisabled={busy || odd || !draft.date || (draft.kind === "what_if" && !changed)}
        >
          {t("whatif.simulate")}
        </Button>
        {changed ? (
          <Button
            tone="quiet"
            icon={<RotateCcw size={14} aria-hidden="true" />}
            onPress={() => onChange({ ...draftFor(days), kind: draft.kind, date: draft.date })}
          >
            {t("whatif.reset")}
          </Button>
        ) : null}
        {draft.kind === "what_if" && !changed ? (
          <span className={styles.quiet}>{t("whatif.change_first")}</span>
        ) : null}
      </div>
    </form>
  );
}
