import { beforeEach, describe, expect, it } from "vitest";
import { readDraft, sweepDrafts, writeDraft } from "./drafts";

describe("a draft", () => {
  beforeEach(() => localStorage.clear());

  it("belongs to one conversation and one mode", () => {
    writeDraft("c1", "reply", "안녕하세요");
    writeDraft("c1", "note", "창고 확인");
    expect(readDraft("c1", "reply")).toBe("안녕하세요");
    expect(readDraft("c1", "note")).toBe("창고 확인");
    expect(readDraft("c2", "reply")).toBe("");
  });

  it("goes when it is emptied", () => {
    writeDraft("c1", "reply", "a");
    writeDraft("c1", "reply", "");
    expect(localStorage.length).toBe(0);
  });

  it("is swept after a week", () => {
    writeDraft("old", "reply", "a", 0);
    writeDraft("new", "reply", "b", 8 * 86_400_000);
    sweepDrafts(8 * 86_400_000);
    expect(readDraft("old", "reply")).toBe("");
    expect(readDraft("new", "reply")).toBe("b");
  });
});
