/** Figures and rows as people read them. */
import { formatClock, formatDay, formatNumber, formatPercent } from "@/i18n/format";
import { nameOfIntent } from "@/i18n/names";
import { localText, t } from "@/i18n/t";
import type { Definition, Figures, Group } from "./reports";

export function showValue(unit: Definition["unit"], value: number | null): string {
  if (value === null) return "–";
  if (unit === "share") return formatPercent(value);
  if (unit === "seconds") return formatClock(value);
  return formatNumber(value, unit === "score" ? 2 : 0);
}

/** Values at an axis: shorter than in a table. */
export function showTick(unit: Definition["unit"], value: number): string {
  return unit === "score" ? formatNumber(value, 1) : showValue(unit, value);
}

export function rowName(group: Group, row: Pick<Figures, "key" | "name">): string {
  if (row.key === null) return t("reports.none");
  if (group === "day") return formatDay(`${row.key}T00:00:00`);
  if (group === "reason") return nameOfIntent(row.key);
  return typeof row.name === "string" ? row.name : localText(row.name, row.key);
}
