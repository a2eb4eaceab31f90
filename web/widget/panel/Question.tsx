/** Asks once before something begins or ends for good; Escape closes the question, not the panel behind it. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { usePanel } from "./context";

export interface QuestionProps {
  title: string;
  children: ComponentChildren;
  /** What the button that goes ahead says. */
  confirm: string;
  onConfirm: () => void;
  /** It was closed, whichever way. */
  done: () => void;
}

export function Question({ title, children, confirm, onConfirm, done }: QuestionProps) {
  const { t } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={titleId}
      onClose={done}
      onKeyDown={(event) => {
        if (event.key === "Escape") event.stopPropagation();
      }}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t.cancel}
        </button>
        <button
          type="button"
          class="button button-main"
          onClick={() => {
            onConfirm();
            dialog.current?.close();
          }}
        >
          {confirm}
        </button>
      </div>
    </dialog>
  );
}
