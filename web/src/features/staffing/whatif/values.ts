/** Figures of the twin as people read them. */
import { formatNumber, formatPercent } from "@/i18n/format";
import type { Key } from "@/i18n/keys";
import { lookup, t } from "@/i18n/t";
import { type Changes, isShare, type LineId, type Metric, type Range, type Run } from "./whatif";

export function showValue(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (isShare(metric)) return formatPercent(value, 1);
  if (metric === "came") return formatNumber(value, 1);
  return t("whatif.seconds", { seconds: formatNumber(value, 1) });
}

export function showChange(metric: Metric, value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  const digits = isShare(metric) ? 1000 : 10;
  const rounded = Math.round(value * digits) / digits || 0; // no "-0"
  return `${rounded > 0 ? "+" : ""}${showValue(metric, rounded)}`;
}

export function showBetween(metric: Metric, low: number | null, high: number | null): string {
  if (low === null || high === null) return "–";
  return `${showValue(metric, Math.max(low, 0))} – ${showValue(metric, high)}`;
}

export function showRange(metric: Metric, range: Range | null): string {
  return range === null ? "–" : showBetween(metric, range.low, range.high);
}

export function metricName(metric: Metric): string {
  return t(`whatif.metric.${metric}` as Key);
}

export function lineName(id: LineId): string {
  return t(`whatif.line.${id}` as Key);
}

export function verdictWord(word: string | undefined): string {
  return word === undefined ? "" : (lookup(`whatif.word.${word}`) ?? word);
}

/** What was changed, in a few words. */
export function describeChanges(changes: Changes | undefined, queueName: (id: string) => string): string {
  if (!changes) return "";
  const words: string[] = [];
  const { agents = 0, volume = 1, handle = 1, patience = 1, outages = [], promotions = [] } = changes;
  if (changes.queue_id) words.push(queueName(changes.queue_id));
  if (agents !== 0) words.push(t("whatif.did.agents", { count: `${agents > 0 ? "+" : ""}${agents}` }));
  if (volume !== 1) words.push(t("whatif.did.volume", { share: formatPercent(volume) }));
  if (handle !== 1) words.push(t("whatif.did.handle", { share: formatPercent(handle) }));
  if (patience !== 1) words.push(t("whatif.did.patience", { share: formatPercent(patience) }));
  if (outages.length > 0) words.push(t("whatif.did.outage"));
  if (promotions.length > 0) words.push(t("whatif.did.promotion"));
  return words.join(" · ");
}

export function describeRun(run: Run, queueName: (id: string) => string): string {
  const what = describeChanges(run.question.changes, queueName);
  const kind = t(`whatif.kind.${run.question.kind}` as Key);
  return [run.question.date, kind, what].filter(Boolean).join(" · ");
}
