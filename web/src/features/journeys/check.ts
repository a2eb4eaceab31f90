/** The checker's verdict as the API gives it. Source: src/warmline/features/journeys/api.py. */
import { locale, lookup, t } from "@/i18n/t";

/** One thing that happens on a path. */
export interface Stimulus {
  kind: string;
  text?: string;
  name?: string;
  outcome?: string;
  result?: Readonly<Record<string, unknown>>;
  world?: readonly string[];
}

export interface Problem {
  code: string;
  journey: string;
  section: string;
  text: string;
  fix: string;
  transcript: readonly string[];
  /** What happens step by step, enough to play it again; empty for problems seen without a path. */
  path: readonly Stimulus[];
  /** The blocks entered on the path, in order: `journey#section/2/then`. */
  trail: readonly string[];
  /** On which it shows: `webchat` or `voice`. */
  channel: string;
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

/** Where a draft is checked, with sentences and transcripts in the reader's language. */
export function checkAddress(id: string): string {
  return `/journeys/${id}/check?locale=${locale()}`;
}

/** A problem's path as `warmline journey replay --report` reads it; it begins with the journey that was checked. */
export function pathFile(checked: string, problem: Problem): string {
  const { path, transcript, text } = problem;
  return JSON.stringify({ journey: checked, path, transcript, text }, null, 1);
}

/** What is wrong in a few words; the checker's own sentence stands below it. */
export function problemName(code: string): string {
  return lookup(`journeys.problem.${code}`) ?? t("journeys.problem.other");
}

export interface TranscriptLine {
  who: "customer" | "bot" | "aside" | "wrong";
  text: string;
}

// As the checker spells them. Source: src/warmline/domain/journey/checker_words_paths.py, `customer` and `bot`.
const SPEAKERS: Readonly<Record<string, "customer" | "bot">> = {
  Customer: "customer",
  고객: "customer",
  お客様: "customer",
  Bot: "bot",
  봇: "bot",
  ボット: "bot",
};

/** The transcript's lines by who speaks: `Customer: …`, `Bot: …`, asides in brackets, the end with a cross. */
export function transcriptLines(lines: readonly string[]): readonly TranscriptLine[] {
  return lines.map((line): TranscriptLine => {
    const said = /^(\S+): (.*)$/s.exec(line);
    const who = said?.[1] ? SPEAKERS[said[1]] : undefined;
    if (said && who) return { who, text: said[2] ?? "" };
    const text = line.trim();
    return text.startsWith("✗") ? { who: "wrong", text: text.slice(1).trim() } : { who: "aside", text };
  });
}
