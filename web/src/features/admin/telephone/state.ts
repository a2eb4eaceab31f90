/** What `GET /telephone` says, as screens show it. Source: src/warmline/features/telephony/schemas.py. Pure. */
import type { Locale, LocalText } from "@/i18n/locale";

export interface VoiceNode {
  id: string;
  started_at: string;
  seen_at: string;
  alive: boolean;
  draining: boolean;
  calls: number;
  workers: number;
  /** Line id → up, down or unknown. */
  lines: Readonly<Record<string, string>>;
}

export type VoiceProblem = "no_voice" | "robotic" | "no_personal_data" | "resting";

export interface SpokenBy {
  locale: Locale;
  engine: string;
  voice: string;
  problems: readonly VoiceProblem[];
}

export interface Telephone {
  nodes: readonly VoiceNode[];
  voices: readonly SpokenBy[];
  /** What lines are called, by id. */
  names: Readonly<Record<string, LocalText>>;
}

export type LineState = "up" | "down" | "unknown";

/** A line is up when any living process has it up: calls come in through that one. */
export function lineState(telephone: Telephone | undefined, id: string): LineState {
  const told = (telephone?.nodes ?? []).filter((node) => node.alive).map((node) => node.lines[id]);
  if (told.includes("up")) return "up";
  return told.includes("down") ? "down" : "unknown";
}

/** How a process is: lost ones have not been seen for a while, draining ones take no new calls. */
export function nodeState(node: VoiceNode): "lost" | "draining" | "running" {
  if (!node.alive) return "lost";
  return node.draining ? "draining" : "running";
}
