/** A designer sees what callers really hear. */
import { describe, expect, it } from "vitest";
import type { Prompt } from "@/api/settings";
import { beginningToHear, isHeard, MOST_SPOKEN, type PromptRecording, sameText, voiceState } from "./recorded";

const recording: PromptRecording = {
  prompt: "front.greeting",
  locale: "ko",
  text: "안녕하세요.  온다입니다.",
  duration_ms: 1800,
  created_at: "2026-11-22T00:00:00Z",
};

describe("what callers hear", () => {
  it("is the recording while it says exactly the text; blanks between words do not matter", () => {
    expect(sameText("a  b\n", "a b")).toBe(true);
    expect(voiceState("안녕하세요. 온다입니다.", recording)).toBe("recorded");
    expect(voiceState("안녕하세요! 온다입니다.", recording)).toBe("stale");
  });

  it("is a voice without a recording, always where something is filled in, and nothing without a text", () => {
    expect(voiceState("안녕하세요.", undefined)).toBe("synthesised");
    expect(voiceState("{name}님, 안녕하세요.", undefined)).toBe("holes");
    expect(voiceState(" ", recording)).toBe("empty");
  });

  it("is the spoken text of a key where there is one", () => {
    const written: Prompt = { key: "a.b", channel: "written", texts: {}, own: false };
    const spoken: Prompt = { ...written, channel: "spoken" };
    expect(isHeard(written, [written])).toBe(true);
    expect(isHeard(written, [written, spoken])).toBe(false);
    expect(isHeard(spoken, [written, spoken])).toBe(true);
  });

  it("is read to the writer up to a length, never through the middle of a letter", () => {
    expect(beginningToHear(`${"가".repeat(MOST_SPOKEN - 1)}👋👋`)).toBe(`${"가".repeat(MOST_SPOKEN - 1)}👋`);
  });
});
