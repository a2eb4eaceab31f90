/** What an alert says, and whether it shall be heard. Pure. */
import type { BoardAlert } from "@/live/protocol";

const SHARES: readonly string[] = ["service_level", "abandonment", "occupancy"];

/** How an alert's numbers are written: seconds as a clock, shares with a percent sign. */
export function unitOf(metric: string): "clock" | "percent" | "count" {
  if (metric.endsWith("_s")) return "clock";
  return SHARES.includes(metric) ? "percent" : "count";
}

export function keyOf(alert: Pick<BoardAlert, "queue_id" | "metric">): string {
  return `${alert.queue_id} ${alert.metric}`;
}

/** The alerts nobody has seen to that were not there before, or were milder: these make a sound. */
export function newlyLoud(before: readonly BoardAlert[], now: readonly BoardAlert[]): readonly BoardAlert[] {
  const known = new Map(before.map((alert) => [keyOf(alert), alert.level]));
  return now.filter((alert) => {
    const was = known.get(keyOf(alert));
    return !alert.acknowledged && was !== alert.level && was !== "alarm";
  });
}
