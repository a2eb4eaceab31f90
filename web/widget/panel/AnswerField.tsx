/** A one-line field for a typed answer; a secret is masked and kept nowhere. */

import { useEffect, useRef, useState } from "preact/hooks";
import { EnterGate } from "../core/ime";
import { usePanel } from "./context";
import { FIELDS } from "./fields";

interface Props {
  kind: string;
  /** Returns whether the text was taken. */
  send: (text: string) => boolean;
  changed: (empty: boolean) => void;
}

export function AnswerField({ kind, send, changed }: Props) {
  const { session, t } = usePanel();
  const field = useRef<HTMLInputElement>(null);
  const gate = useRef(new EnterGate()).current;
  const [shown, setShown] = useState(false);
  const attributes = FIELDS[kind] ?? FIELDS.digits;
  const secret = kind === "secret";
  // All of these are one-line text fields; the element's type has one shape for each and cannot take a union.
  const type = (secret && shown ? "text" : attributes?.type) as "text";

  const submit = () => {
    if (field.current && send(field.current.value)) {
      field.current.value = "";
      changed(true);
    }
  };
  useEffect(() => changed(true), []);
  useEffect(() => {
    const form = field.current?.form;
    form?.addEventListener("submit", submit);
    return () => form?.removeEventListener("submit", submit);
  });

  return (
    <div class="field">
      <input
        ref={field}
        class="write"
        type={type}
        inputmode={attributes?.inputmode}
        autocomplete={attributes?.autocomplete}
        data-first-focus
        aria-label={t.answer[kind] ?? t.compose}
        placeholder={t.answer[kind] ?? t.composeHint}
        maxLength={200}
        spellcheck={false}
        enterkeyhint="send"
        onInput={(event) => {
          if (!secret) session.typed();
          changed(event.currentTarget.value.trim() === "");
        }}
        onCompositionStart={() => gate.start()}
        onCompositionUpdate={(event) => gate.update(event.data)}
        onCompositionEnd={(event) => {
          if (gate.end(event.data, event.timeStamp)) setTimeout(submit, 0);
        }}
        onKeyDown={(event) => {
          const verdict = gate.keydown(event, event.timeStamp);
          if (verdict === "browser") return;
          event.preventDefault();
          if (verdict === "send") submit();
        }}
      />
      {secret && (
        <button type="button" class="line-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? t.hideSecret : t.showSecret}
        </button>
      )}
    </div>
  );
}
