/** Who would get a contact: the question and the answer. Pure. */
export interface Question {
  queue_id: string;
  channel: string;
  locale: string;
  skills: Readonly<Record<string, number>>;
  priority: number;
  waited_s: number;
}

export interface Candidate {
  agent_id: string;
  name: string;
  /** 1 would be asked first; null: does not fit. */
  rank: number | null;
  ring: number | null;
  why_not: string | null;
  opens_in_s: number | null;
  kept_for: string | null;
}

export function blankQuestion(queue_id: string, locale: string): Question {
  return { queue_id, channel: "webchat", locale, skills: {}, priority: 5, waited_s: 0 };
}

/** The question with one skill asked for at a level, or not at all. */
export function withSkill(question: Question, skill: string, level: number | null): Question {
  const { [skill]: _before, ...rest } = question.skills;
  return { ...question, skills: level === null ? rest : { ...rest, [skill]: level } };
}

/** Those who fit in the order of asking, and the others by what stands in the way. */
export function grouped(found: readonly Candidate[]): {
  fits: readonly Candidate[];
  others: ReadonlyMap<string, readonly Candidate[]>;
} {
  const fits = found.filter((one) => one.rank !== null).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  const others = new Map<string, Candidate[]>();
  for (const one of found) {
    if (one.rank !== null) continue;
    const reason = one.why_not ?? "";
    others.set(reason, [...(others.get(reason) ?? []), one]);
  }
  return { fits, others };
}
