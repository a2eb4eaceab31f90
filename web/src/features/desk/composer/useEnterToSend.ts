/** Enter sends, Shift+Enter breaks the line, and input methods keep their own Enter. */
import { type RefObject, useEffect, useRef } from "react";
import { type EnterInput, onEnter, RESTING } from "./enter";

export function useEnterToSend(area: RefObject<HTMLTextAreaElement | null>, send: (text: string) => void): void {
  const latest = useRef(send);
  latest.current = send;
  useEffect(() => {
    const element = area.current;
    if (!element) return;
    let state = RESTING;
    const feed = (input: EnterInput, event: Event) => {
      const [next, act] = onEnter(state, input, performance.now());
      state = next;
      if (act !== "none") event.preventDefault();
      if (act === "send") latest.current(element.value);
    };
    const onStart = (event: CompositionEvent) => feed({ type: "start" }, event);
    const onUpdate = (event: CompositionEvent) => feed({ type: "update", data: event.data }, event);
    const onEnd = (event: CompositionEvent) => feed({ type: "end", data: event.data }, event);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.code !== "Enter" && event.code !== "NumpadEnter") return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      feed({ type: "enter", shift: event.shiftKey, composing: event.isComposing, keyCode: event.keyCode }, event);
    };
    const onBefore = (event: InputEvent) => {
      if (event.inputType === "insertLineBreak" || event.inputType === "insertParagraph") {
        feed({ type: "line_break" }, event);
      }
    };
    element.addEventListener("compositionstart", onStart);
    element.addEventListener("compositionupdate", onUpdate);
    element.addEventListener("compositionend", onEnd);
    element.addEventListener("keydown", onKey);
    element.addEventListener("beforeinput", onBefore);
    return () => {
      element.removeEventListener("compositionstart", onStart);
      element.removeEventListener("compositionupdate", onUpdate);
      element.removeEventListener("compositionend", onEnd);
      element.removeEventListener("keydown", onKey);
      element.removeEventListener("beforeinput", onBefore);
    };
  }, [area]);
}
