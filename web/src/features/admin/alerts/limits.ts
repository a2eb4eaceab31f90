/** Limits as they are edited. Pure. */
export const METRICS = [
  "waiting",
  "longest_wait_s",
  "expected_wait_s",
  "service_level",
  "abandonment",
  "occupancy",
  "available",
] as const;
export type Metric = (typeof METRICS)[number];

export interface Limit {
  warn: number | null;
  alarm: number | null;
}

export type Limits = Readonly<Partial<Record<Metric, Limit | null>>>;

/** The limits with one number changed; a metric without any is left out. */
export function withLimit(limits: Limits, metric: Metric, level: keyof Limit, value: number | null): Limits {
  const limit = { warn: null, alarm: null, ...limits[metric], [level]: value };
  const { [metric]: _before, ...rest } = limits;
  return limit.warn === null && limit.alarm === null ? rest : { ...rest, [metric]: limit };
}
