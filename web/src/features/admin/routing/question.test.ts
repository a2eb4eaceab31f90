/** The routing preview's question and answer. */
import { describe, expect, it } from "vitest";
import { blankQuestion, type Candidate, grouped, withSkill } from "./question";

const one = (name: string, rank: number | null, why_not: string | null = null): Candidate => ({
  agent_id: name,
  name,
  rank,
  ring: null,
  why_not,
  opens_in_s: null,
  kept_for: null,
});

describe("the routing preview", () => {
  it("asks for a skill at a level, and takes it back", () => {
    const question = withSkill(blankQuestion("orders", "ja"), "refunds", 3);
    expect(question.skills).toEqual({ refunds: 3 });
    expect(withSkill(question, "refunds", null).skills).toEqual({});
  });

  it("names those who fit in their order and the others by what stands in the way", () => {
    const found = [one("Yuki", 2), one("Mina", 1), one("Jun", null, "capacity"), one("Emma", null, "capacity")];
    const { fits, others } = grouped(found);
    expect(fits.map(({ name }) => name)).toEqual(["Mina", "Yuki"]);
    expect(others.get("capacity")?.map(({ name }) => name)).toEqual(["Jun", "Emma"]);
  });
});
