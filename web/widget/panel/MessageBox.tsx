/** The free text box. Enter sends, Shift+Enter breaks the line; on touch keyboards Enter breaks the line. */

import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { EnterGate } from "../core/ime";
import { MESSAGE_MAX } from "../protocol";
import { usePanel } from "./context";

interface Props {
  hint: string;
  /** Whether what is being written may be kept on the device until it is sent. */
  keep: boolean;
  /** Returns whether the text was taken. */
  send: (text: string) => boolean;
  changed: (empty: boolean) => void;
}

export function MessageBox({ hint, keep, send, changed }: Props) {
  const { session, t } = usePanel();
  const box = useRef<HTMLTextAreaElement>(null);
  const gate = useRef(new EnterGate()).current;

  const grow = () => {
    const area = box.current;
    if (area === null) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
    changed(area.value.trim() === "");
  };
  const submit = () => {
    const area = box.current;
    if (area === null || !send(area.value)) return;
    area.value = "";
    if (keep) session.memory.draft = "";
    grow();
  };

  useLayoutEffect(() => {
    if (box.current && keep) box.current.value = session.memory.draft;
    grow();
  }, []);
  useEffect(() => {
    const form = box.current?.form;
    form?.addEventListener("submit", submit);
    return () => form?.removeEventListener("submit", submit);
  });

  return (
    <textarea
      ref={box}
      class="write"
      rows={1}
      data-first-focus
      aria-label={t.compose}
      placeholder={hint}
      maxLength={MESSAGE_MAX}
      enterkeyhint={hasTouchKeyboard() ? "enter" : "send"}
      onInput={(event) => {
        if (keep) session.memory.draft = event.currentTarget.value;
        session.typed();
        grow();
      }}
      onCompositionStart={() => gate.start()}
      onCompositionUpdate={(event) => gate.update(event.data)}
      onCompositionEnd={(event) => {
        // The text settles after this event; reading it at once would lose or repeat the last syllable.
        if (gate.end(event.data, event.timeStamp)) setTimeout(submit, 0);
      }}
      onKeyDown={(event) => {
        if (hasTouchKeyboard()) return;
        const verdict = gate.keydown(event, event.timeStamp);
        if (verdict === "browser") return;
        event.preventDefault();
        if (verdict === "send") submit();
      }}
    />
  );
}

function hasTouchKeyboard(): boolean {
  return matchMedia("(pointer: coarse) and (not (any-pointer: fine))").matches;
}
