/** The checker runs as one types: one request at a time, and the newest document is always the last one asked about. */
import { createContext, useContext, useEffect, useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import { type CheckAnswer, checkAddress, type Problem } from "../../journeys/check";
import type { JourneyJson } from "../seams";

/** How long nobody must type before the journey is checked, in ms. */
const QUIET_MS = 700;

export interface FoundProblem extends Problem {
  /** The journey whose proof found it, and with which its path begins. */
  readonly checked: string;
}

export interface Check {
  /** The document the answer is about; null: none yet. */
  readonly journey: JourneyJson | null;
  readonly answer: CheckAnswer | null;
  readonly problems: readonly FoundProblem[];
  /** Why it could not be checked, in words. */
  readonly refused: string | null;
  readonly busy: boolean;
}

const NOTHING: Check = { journey: null, answer: null, problems: [], refused: null, busy: false };

export const CheckContext = createContext<Check>(NOTHING);

export function useCheckContext(): Check {
  return useContext(CheckContext);
}

export function problemsOf(answer: CheckAnswer): readonly FoundProblem[] {
  return answer.reports.flatMap((report) =>
    report.problems.map((problem) => ({ ...problem, checked: report.journey })),
  );
}

export function useCheck(id: string, journey: JourneyJson, wanted: boolean): Check {
  const [check, setCheck] = useState<Check>(NOTHING);
  const newest = useRef(journey);
  const running = useRef(false);
  newest.current = journey;
  const ask = useRef(async () => {
    if (running.current) return;
    running.current = true;
    try {
      for (let asked: JourneyJson | null = null; asked !== newest.current; ) {
        asked = newest.current;
        setCheck((before) => ({ ...before, busy: true }));
        setCheck({ ...(await answered(id, asked)), busy: asked !== newest.current });
      }
    } finally {
      running.current = false;
    }
  });
  useEffect(() => {
    if (!wanted || check.journey === journey) return;
    const timer = setTimeout(() => void ask.current(), QUIET_MS);
    return () => clearTimeout(timer);
  }, [journey, wanted, check.journey]);
  return check;
}

async function answered(id: string, journey: JourneyJson): Promise<Check> {
  try {
    const answer = await api.post<CheckAnswer>(checkAddress(id), { document: journey });
    const found = problemsOf(answer);
    const problems = found.length > 0 ? found : NOTHING.problems; // nothing is the same nothing as before
    return { journey, answer, problems, refused: null, busy: false };
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    return { ...NOTHING, journey, refused: `${failure.message} ${failure.fix}` };
  }
}
