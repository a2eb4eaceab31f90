/** The checker's verdict as the API gives it. Source: src/warmline/features/journeys/api.py. */
import { lookup, t } from "@/i18n/t";

export interface Problem {
  code: string;
  journey: string;
  section: string;
  text: string;
  fix: string;
  transcript: readonly string[];
}

export interface Report {
  journey: string;
  ok: boolean;
  problems: readonly Problem[];
  states: number;
  transitions: number;
  paths: number;
  journeys: readonly string[];
}

export interface CheckAnswer {
  ok: boolean;
  reports: readonly Report[];
}

/** What is wrong, in the reader's language; the checker's own sentence stands below it. */
export function problemName(code: string): string {
  return lookup(`journeys.problem.${code}`) ?? t("journeys.problem.other");
}

export interface TranscriptLine {
  who: "customer" | "bot" | "aside" | "wrong";
  text: string;
}

/** The transcript's lines by who speaks: `Customer: …`, `Bot: …`, asides in brackets, the end with a cross. */
export function transcriptLines(lines: readonly string[]): readonly TranscriptLine[] {
  return lines.map((line): TranscriptLine => {
    const said = /^(Customer|Bot): (.*)$/s.exec(line);
    if (said) return { who: said[1] === "Bot" ? "bot" : "customer", text: said[2] ?? "" };
    const text = line.trim();
    return text.startsWith("✗") ? { who: "wrong", text: text.slice(1).trim() } : { who: "aside", text };
  });
}
