/** How a call sounds from here, from two looks at the browser's own statistics. Pure. */

export interface Sample {
  received: number;
  lost: number;
  /** Seconds. */
  jitter_s: number;
  rtt_s: number | null;
  at_ms: number;
}

export interface LocalQuality {
  /** Share of packets lost since the look before, 0 to 1. */
  lost_share: number;
  jitter_ms: number;
  rtt_ms: number | null;
}

export type Level = "good" | "fair" | "poor";

function number(record: object, name: string): number | null {
  const value: unknown = Reflect.get(record, name);
  return typeof value === "number" ? value : null;
}

/** The received audio of a statistics report; null before there is any. */
export function sampleOf(report: Iterable<[string, object]>, at_ms: number): Sample | null {
  let inbound: object | null = null;
  let rtt_s: number | null = null;
  for (const [, each] of report) {
    const type: unknown = Reflect.get(each, "type");
    if (type === "inbound-rtp" && Reflect.get(each, "kind") === "audio") inbound = each;
    if (type === "remote-inbound-rtp") rtt_s = number(each, "roundTripTime") ?? rtt_s;
    if (type === "candidate-pair" && Reflect.get(each, "nominated") === true) {
      rtt_s ??= number(each, "currentRoundTripTime");
    }
  }
  if (!inbound) return null;
  return {
    received: number(inbound, "packetsReceived") ?? 0,
    lost: number(inbound, "packetsLost") ?? 0,
    jitter_s: number(inbound, "jitter") ?? 0,
    rtt_s,
    at_ms,
  };
}

export function qualityBetween(before: Sample, now: Sample): LocalQuality {
  const lost = Math.max(0, now.lost - before.lost);
  const all = lost + Math.max(0, now.received - before.received);
  return {
    lost_share: all === 0 ? 0 : lost / all,
    jitter_ms: Math.round(now.jitter_s * 1000),
    rtt_ms: now.rtt_s === null ? null : Math.round(now.rtt_s * 1000),
  };
}

/** The worse of what the server estimates (MOS 1 to 4.5) and what is measured here. */
export function levelOf(mos: number | null, local: LocalQuality | null): Level | null {
  if (mos === null && local === null) return null;
  const lost = local?.lost_share ?? 0;
  const jitter_ms = local?.jitter_ms ?? 0;
  const rtt_ms = local?.rtt_ms ?? 0;
  if ((mos ?? 5) < 3.1 || lost > 0.08 || jitter_ms > 80 || rtt_ms > 600) return "poor";
  if ((mos ?? 5) < 3.8 || lost > 0.02 || jitter_ms > 40 || rtt_ms > 300) return "fair";
  return "good";
}
