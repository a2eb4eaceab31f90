import { describe, expect, it } from "vitest";
import { type EnterAct, type EnterInput, onEnter, RESTING } from "./enter";

const enter = (composing: boolean, keyCode = composing ? 229 : 13): EnterInput => ({
  type: "enter",
  shift: false,
  composing,
  keyCode,
});

/** Play inputs 10 ms apart and collect what was done. */
function play(...inputs: EnterInput[]): EnterAct[] {
  let state = RESTING;
  return inputs.map((input, index) => {
    const [next, act] = onEnter(state, input, index * 10);
    state = next;
    return act;
  });
}

describe("Enter", () => {
  it("sends plain words", () => {
    expect(play(enter(false))).toEqual(["send"]);
  });

  it("breaks the line with Shift", () => {
    expect(play({ type: "enter", shift: true, composing: false, keyCode: 13 })).toEqual(["none"]);
  });

  it("sends Korean at once, with the syllable under construction", () => {
    expect(
      play({ type: "start" }, { type: "update", data: "요" }, enter(true), { type: "end", data: "요" }),
    ).toEqual(["none", "none", "none", "send"]);
  });

  it("counts a Korean Enter once when the system reports it twice, and adds no empty line", () => {
    expect(
      play(
        { type: "start" },
        { type: "update", data: "요" },
        enter(true),
        { type: "end", data: "요" },
        { type: "line_break" },
        enter(false),
      ),
    ).toEqual(["none", "none", "none", "send", "swallow", "swallow"]);
  });

  it("only chooses the conversion in Japanese, and sends with the next one", () => {
    const kana: EnterInput[] = [{ type: "start" }, { type: "update", data: "お願いします" }];
    expect(play(...kana, enter(true), { type: "end", data: "お願いします" }, enter(false))).toEqual([
      "none",
      "none",
      "none",
      "none",
      "send",
    ]);
  });

  it("understands Safari, which ends the composition before it reports the key", () => {
    const korean: EnterInput[] = [{ type: "start" }, { type: "end", data: "요" }];
    expect(play(...korean, enter(false, 229))).toEqual(["none", "none", "send"]);
    const japanese: EnterInput[] = [{ type: "start" }, { type: "end", data: "ます" }];
    expect(play(...japanese, enter(false, 229), enter(false))).toEqual(["none", "none", "swallow", "send"]);
  });
});
