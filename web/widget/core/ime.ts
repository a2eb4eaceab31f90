/**
 * Decides what Enter means while an input method is at work.
 *
 * Korean: the syllable being typed is finished text to its writer, so one Enter sends. Japanese: Enter picks the
 * conversion and must never send. Browsers differ in the order and number of keydown and compositionend events.
 */

const ENDS_IN_HANGUL = /[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]$/;
/** Safari fires compositionend before the Enter that caused it; both belong to one key press. */
const SAME_PRESS_MS = 80;

export interface KeyPress {
  key: string;
  shiftKey: boolean;
  isComposing: boolean;
  code: string;
}

/** `send` now, `block` the key's own effect, or leave the key to the `browser`. */
export type KeyVerdict = "send" | "block" | "browser";

export class EnterGate {
  private data = "";
  private composing = false;
  private sendAtEnd = false;
  private endedAt = Number.NEGATIVE_INFINITY;
  private sentAt = Number.NEGATIVE_INFINITY;

  start(): void {
    this.composing = true;
    this.sendAtEnd = false;
    this.data = "";
  }

  update(data: string): void {
    this.data = data;
  }

  /** Composition finished with `data`; true when the message is to be sent once the text has settled. */
  end(data: string, nowMs: number): boolean {
    this.composing = false;
    this.data = data || this.data;
    this.endedAt = nowMs;
    const send = this.sendAtEnd;
    this.sendAtEnd = false;
    if (send) this.sentAt = nowMs;
    return send;
  }

  keydown(press: KeyPress, nowMs: number): KeyVerdict {
    if (press.key !== "Enter" && press.code !== "Enter" && press.code !== "NumpadEnter") return "browser";
    if (press.shiftKey && !press.isComposing) return "browser";
    const hangul = ENDS_IN_HANGUL.test(this.data);
    if (press.isComposing || this.composing) {
      this.sendAtEnd = hangul && !press.shiftKey;
      return "browser";
    }
    if (nowMs - this.sentAt < SAME_PRESS_MS) return "block";
    const commitsOnly = nowMs - this.endedAt < SAME_PRESS_MS && !hangul;
    return commitsOnly ? "block" : "send";
  }
}
