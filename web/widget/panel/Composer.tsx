/** The place to write: free text, or the field that suits the question, with files. */

import { useEffect, useRef, useState } from "preact/hooks";
import { openQuestion } from "../core/state";
import { AnswerField } from "./AnswerField";
import { usePanel } from "./context";
import { FIELDS } from "./fields";
import { Icon } from "./icons";
import { MessageBox } from "./MessageBox";
import { UploadList } from "./UploadList";

export function Composer() {
  const { session, uploads, state, t } = usePanel();
  const question = openQuestion(state);
  const kind = question?.inputKind ?? "text";
  const [freely, setFreely] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const [empty, setEmpty] = useState(true);
  const asField = kind in FIELDS && !freely;

  useEffect(() => setFreely(false), [question?.seq]);
  useEffect(() => {
    // A field that replaces the one with the focus takes the focus along.
    const active = document.activeElement;
    if (active === document.body || active === null) {
      form.current?.querySelector<HTMLElement>("[data-first-focus]")?.focus({ preventScroll: true });
    }
  }, [asField, kind]);

  const send = (text: string, secret: boolean) => {
    if (uploads.isBusy) return false;
    const attachments = uploads.take();
    if (text.trim() === "" && attachments.length === 0) return false;
    session.say(text, { attachments, secret });
    return true;
  };
  const canSend = (!empty || uploads.list.length > 0) && !uploads.isBusy;
  return (
    <form
      ref={form}
      class="composer"
      onSubmit={(event) => event.preventDefault()}
      onPaste={(event) => {
        const files = event.clipboardData?.files;
        if (!files?.length) return;
        event.preventDefault();
        uploads.add(files);
      }}
    >
      <UploadList uploads={uploads} />
      {kind in FIELDS && (
        <p class="composer-note">
          {kind === "secret" && asField && <span>{t.secretNote}</span>}
          <button type="button" class="line-button" onClick={() => setFreely(!freely)}>
            {freely ? t.asField : t.asText}
          </button>
        </p>
      )}
      <div class="composer-row">
        <label class="tool attach" title={t.attach}>
          <Icon name="attach" size={20} />
          <input
            type="file"
            class="hidden"
            multiple
            aria-label={t.attach}
            onChange={(event) => {
              uploads.add(event.currentTarget.files ?? []);
              event.currentTarget.value = "";
            }}
          />
        </label>
        {asField ? (
          <AnswerField
            key={question?.seq ?? 0}
            kind={kind}
            send={(text) => send(text, kind === "secret")}
            changed={setEmpty}
          />
        ) : (
          <MessageBox
            key={kind === "secret" ? "secret" : "text"}
            keep={kind !== "secret"}
            hint={t.answer[kind] ?? t.composeHint}
            send={(text) => send(text, kind === "secret")}
            changed={setEmpty}
          />
        )}
        <button type="submit" class="send" aria-label={t.send} title={t.send} aria-disabled={!canSend}>
          <Icon name="send" size={20} />
        </button>
      </div>
    </form>
  );
}
