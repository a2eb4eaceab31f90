/** Being called instead of waiting: where, when; later the same to change the time or take it back. */

import { useEffect, useRef, useState } from "preact/hooks";
import { clockTime, dayName } from "../i18n/strings";
import { usePanel } from "./context";

const SOON = "";

export function CallDialog({ done }: { done: () => void }) {
  const { session, state, t } = usePanel();
  const dialog = useRef<HTMLDialogElement>(null);
  const [phone, setPhone] = useState("");
  const [start, setStart] = useState(SOON);
  const [sent, setSent] = useState(false);
  const promised = state.contact?.status === "callback";
  const { calling } = state;
  useEffect(() => {
    dialog.current?.showModal();
    session.askCallTimes();
  }, [session]);
  useEffect(() => {
    if (sent && calling === null) dialog.current?.close();
  }, [sent, calling]);

  const ask = () => {
    session.callMe(phone.trim() === "" ? null : phone.trim(), start === SOON ? null : start);
    setSent(true);
  };
  const refused = calling?.refused ?? null;
  const busy = calling !== null && refused === null;
  const problem =
    refused === null
      ? ""
      : refused === "webchat.phone_unreadable"
        ? t.callBadPhone
        : refused === "contact.callback_window"
          ? t.callBadTime
          : t.problem;
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby="call-title"
      onClose={() => {
        session.callDone();
        done();
      }}
      onKeyDown={(event) => {
        // Escape closes this question only, not the panel behind it.
        if (event.key === "Escape") event.stopPropagation();
      }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <h2 id="call-title">{promised ? t.callChange : t.callTitle}</h2>
        <p>{t.callText}</p>
        {!promised && (
          <label class="call-field">
            <span>{t.callPhone}</span>
            <input
              type="tel"
              autocomplete="tel"
              maxLength={40}
              value={phone}
              aria-describedby="call-phone-hint"
              onInput={(event) => setPhone(event.currentTarget.value)}
            />
            <small id="call-phone-hint">{t.callPhoneHint}</small>
          </label>
        )}
        <label class="call-field">
          <span>{t.callWhen}</span>
          <select value={start} onChange={(event) => setStart(event.currentTarget.value)}>
            <option value={SOON}>{t.callSoon}</option>
            {(state.callTimes?.starts ?? []).map((at) => (
              <option key={at} value={at}>
                {dayName(state.locale, at, new Date())} {clockTime(state.locale, at)}
              </option>
            ))}
          </select>
        </label>
        <p role="alert" class="call-problem">
          {problem}
        </p>
        <div class="dialog-buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {t.callBack}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {promised ? t.callMove : t.callConfirm}
          </button>
        </div>
        {promised && (
          <button
            type="button"
            class="call-off"
            disabled={busy}
            onClick={() => {
              session.callOff();
              setSent(true);
            }}
          >
            {t.callOff}
          </button>
        )}
      </form>
    </dialog>
  );
}
