/** What Enter means while an input method composes. Pure.
 *
 * Korean: the syllable under construction is part of the message and Enter sends at once, when the composition
 * ends; some systems report Enter a second time, which must not count. Japanese: Enter chooses the conversion
 * and sends nothing.
 */
export interface EnterState {
  composing: boolean;
  /** The last composed text. */
  data: string;
  sendAtEnd: boolean;
  /** Until then (ms) a second Enter or line break belongs to the one already handled. */
  swallowUntil_ms: number;
}

export const RESTING: EnterState = { composing: false, data: "", sendAtEnd: false, swallowUntil_ms: 0 };

const ECHO_MS = 120;
const HANGUL_END = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]$/;

export type EnterInput =
  | { type: "start" }
  | { type: "update"; data: string }
  | { type: "end"; data: string }
  | { type: "enter"; shift: boolean; composing: boolean; keyCode: number }
  | { type: "line_break" };

export type EnterAct = "send" | "swallow" | "none";

export function onEnter(state: EnterState, input: EnterInput, now_ms: number): [EnterState, EnterAct] {
  switch (input.type) {
    case "start":
      return [{ ...state, composing: true, data: "", sendAtEnd: false }, "none"];
    case "update":
      return [{ ...state, data: input.data }, "none"];
    case "end": {
      const ended = { ...state, composing: false, data: input.data, sendAtEnd: false };
      if (!state.sendAtEnd) return [ended, "none"];
      return [{ ...ended, data: "", swallowUntil_ms: now_ms + ECHO_MS }, "send"];
    }
    case "enter": {
      if (input.shift) return [state, "none"];
      if (now_ms < state.swallowUntil_ms) return [{ ...state, swallowUntil_ms: 0 }, "swallow"];
      if (state.composing || input.composing) {
        return [{ ...state, sendAtEnd: HANGUL_END.test(state.data) }, "none"];
      }
      // Safari ends the composition before it reports the key that ended it.
      if (input.keyCode === 229) {
        return HANGUL_END.test(state.data)
          ? [{ ...RESTING, swallowUntil_ms: now_ms + ECHO_MS }, "send"]
          : [state, "swallow"];
      }
      return [RESTING, "send"];
    }
    case "line_break":
      return now_ms < state.swallowUntil_ms ? [state, "swallow"] : [state, "none"];
  }
}
