/** A call in the panel: consent first, then how it stands and what the customer can do. */

import { useEffect, useState } from "preact/hooks";
import { useChanges, usePanel } from "../panel/context";
import { Icon } from "../panel/icons";
import { Question } from "../panel/Question";
import { CustomerCall } from "./call";
import { callClock, callWords, troubleWords } from "./words";
import "./phone.css";

export interface PhoneBarProps {
  /** Rises with every press of "call us". */
  asked: number;
  /** This page was in a call before it was loaded again. */
  returning: boolean;
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const ENDED_STAYS_MS = 5000;

function useCall(): CustomerCall {
  const { session } = usePanel();
  const [call] = useState(() => new CustomerCall(session));
  useChanges(call);
  return call;
}

/** Once a second while a call is on. */
function useClock(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

function Consent({ done, start }: { done: () => void; start: () => void }) {
  const { t } = usePanel();
  return (
    <Question title={t.phoneTitle} confirm={t.phoneStart} onConfirm={start} done={done}>
      <p>{t.phoneText}</p>
      <p class="phone-consent">{t.phoneConsent}</p>
    </Question>
  );
}

export function Keys({ press, label }: { press: (key: string) => void; label: string }) {
  return (
    <fieldset class="phone-keys" aria-label={label}>
      {KEYS.map((key) => (
        <button key={key} type="button" onClick={() => press(key)}>
          {key}
        </button>
      ))}
    </fieldset>
  );
}

export function PhoneBar({ asked, returning }: PhoneBarProps) {
  const { state, t } = usePanel();
  const call = useCall();
  const [asking, setAsking] = useState(asked > 0);
  const [keypad, setKeypad] = useState(false);
  const [dismissed, setDismissed] = useState(false);
  const now = useClock(call.isOn);
  const secure = state.phone?.secure ?? null;
  useEffect(() => {
    if (asked > 0 && !call.isOn) setAsking(true);
  }, [asked, call]);
  useEffect(() => {
    if (returning && call.phase === "idle") void call.start();
  }, [returning, call]);
  useEffect(() => {
    setDismissed(false);
    if (call.phase !== "ended") return;
    const timer = setTimeout(() => setDismissed(true), ENDED_STAYS_MS);
    return () => clearTimeout(timer);
  }, [call.phase]);
  const open = keypad || secure !== null;
  const failed = call.phase === "failed";
  return (
    <>
      {asking && <Consent done={() => setAsking(false)} start={() => void call.start()} />}
      {call.phase !== "idle" && !dismissed && (
        <section class={`phone phone-${call.phase}`} aria-label={t.phoneTalking}>
          <div class="phone-row">
            <Icon name="phone" size={20} />
            <p class="phone-state" role={failed ? "alert" : "status"}>
              {failed ? troubleWords(call, t) : callWords(call, state.phone, t)}
            </p>
            {call.isOn && <span class="phone-clock">{callClock(now - call.startedAtMs)}</span>}
          </div>
          {secure && (
            <p class="phone-secure" role="status">
              <Icon name="lock" size={16} />
              <span>
                {t.phoneSecure}
                {secure.digits > 0 && (
                  <>
                    {" "}
                    <b aria-hidden="true">{"●".repeat(secure.digits)}</b>
                    <span class="hidden">{t.phoneDigits(secure.digits)}</span>
                  </>
                )}
              </span>
            </p>
          )}
          {call.isOn && (
            <div class="phone-tools">
              <button type="button" aria-pressed={call.muted} onClick={() => call.mute(!call.muted)}>
                <Icon name={call.muted ? "micoff" : "mic"} size={20} />
                {call.muted ? t.phoneUnmute : t.phoneMute}
              </button>
              <button type="button" aria-expanded={open} onClick={() => setKeypad(!keypad)}>
                <Icon name="keypad" size={20} />
                {t.phoneKeypad}
              </button>
              <button type="button" class="phone-end" onClick={() => call.hangUp()}>
                <Icon name="hangup" size={20} />
                {t.phoneHangUp}
              </button>
            </div>
          )}
          {call.isOn && open && <Keys press={(key) => call.press(key)} label={t.phoneKeypad} />}
          {failed && (
            <div class="phone-again">
              <button type="button" class="button" onClick={() => setDismissed(true)}>
                {t.close}
              </button>
              <button type="button" class="button button-main" onClick={() => void call.start()}>
                {t.phoneAgain}
              </button>
            </div>
          )}
        </section>
      )}
    </>
  );
}
