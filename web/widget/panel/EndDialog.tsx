/** Asks once before the customer leaves for good. */

import { useEffect, useRef } from "preact/hooks";
import { usePanel } from "./context";

export function EndDialog({ done }: { done: () => void }) {
  const { session, t } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="end-title"
      onClose={done}
      onKeyDown={(event) => {
        // Escape closes this question only, not the panel behind it.
        if (event.key === "Escape") event.stopPropagation();
      }}
    >
      <h2 id="end-title">{t.endTitle}</h2>
      <p>{t.endText}</p>
      <div class="dialog-buttons">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {t.cancel}
        </button>
        <button
          type="button"
          class="button button-main"
          onClick={() => {
            session.end();
            dialog.current?.close();
          }}
        >
          {t.endConfirm}
        </button>
      </div>
    </dialog>
  );
}
