/** Which prompts a person has read, and whether calls play that. Pure. */
import type { Prompt } from "@/api/settings";
import type { Locale } from "@/i18n/locale";
import { holesOf } from "../prompts";

/** As `GET /prompt-recordings` lists them. */
export interface PromptRecording {
  prompt: string;
  locale: Locale;
  text: string;
  duration_ms: number;
  created_at: string;
}

export type VoiceState = "empty" | "holes" | "synthesised" | "stale" | "recorded";

/** The beginning that is read aloud at a press of "listen". */
export const MOST_SPOKEN = 500;

/** Whether a recording says exactly a text. Source: src/warmline/speech/recordings.py, same_text. */
export function sameText(recorded: string, wanted: string): boolean {
  const words = (text: string) => text.split(/\s+/).filter(Boolean).join(" ");
  return words(recorded) === words(wanted);
}

/** What a caller hears of a prompt in one language. */
export function voiceState(text: string, recording: PromptRecording | undefined): VoiceState {
  if (text.trim() === "") return "empty";
  if (recording && sameText(recording.text, text)) return "recorded";
  if (recording) return "stale";
  return holesOf(text).size > 0 ? "holes" : "synthesised";
}

/** Calls say the spoken text of a key where there is one, else the written one: whether it is this one. */
export function isHeard(prompt: Pick<Prompt, "key" | "channel">, all: readonly Prompt[]): boolean {
  if (prompt.channel === "spoken") return true;
  return !all.some((one) => one.key === prompt.key && one.channel === "spoken");
}

/** The part of a text that the voice reads to whoever writes it. */
export function beginningToHear(text: string): string {
  return [...text].slice(0, MOST_SPOKEN).join("");
}
