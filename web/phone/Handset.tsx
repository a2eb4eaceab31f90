/** The telephone itself: display, keys, one button that calls and one that hangs up. */

import { useEffect, useState } from "preact/hooks";
import type { Session } from "../widget/core/session";
import type { Strings } from "../widget/i18n/en";
import { Icon } from "../widget/panel/icons";
import type { CustomerCall } from "../widget/phone/call";
import { callClock, callWords, troubleWords } from "../widget/phone/words";
import type { Locale } from "../widget/protocol";
import type { Texts } from "./texts";

const KEYS: readonly [string, string][] = [
  ["1", ""],
  ["2", "ABC"],
  ["3", "DEF"],
  ["4", "GHI"],
  ["5", "JKL"],
  ["6", "MNO"],
  ["7", "PQRS"],
  ["8", "TUV"],
  ["9", "WXYZ"],
  ["*", ""],
  ["0", "+"],
  ["#", ""],
];
const SHOWN = 16;
/** The company's number in each language, as the demo sets them up; they exist on this computer only. */
export const NUMBERS: Readonly<Record<Locale, string>> = { ko: "101", ja: "102", en: "103" };

export interface HandsetProps {
  session: Session;
  call: CustomerCall;
  t: Texts;
  words: Strings;
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}

export function Handset({ session, call, t, words }: HandsetProps) {
  const { state } = session;
  const [pressed, setPressed] = useState("");
  const now = useNow(call.isOn);
  const offered = state.settings?.calls === true;
  const known = state.settings !== null;
  const hidden = state.phone?.secure !== null && state.phone?.secure !== undefined;
  const press = (key: string) => {
    if (!call.isOn) return;
    setPressed((shown) => (shown + (hidden ? "•" : key)).slice(-SHOWN));
    call.press(key);
  };
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !call.isOn) return;
      if (KEYS.some(([key]) => key === event.key)) {
        event.preventDefault();
        press(event.key);
      }
    };
    document.addEventListener("keydown", typed);
    return () => document.removeEventListener("keydown", typed);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new call begins with an empty display.
  useEffect(() => setPressed(""), [call.startedAtMs]);
  const says =
    call.phase === "failed"
      ? troubleWords(call, words)
      : call.phase === "idle"
        ? known && !offered
          ? t.closed
          : state.connection === "live"
            ? t.ready
            : words.connecting
        : callWords(call, state.phone, words);
  return (
    <section class="handset" aria-label={t.phone}>
      <div class="display">
        <p class="called">
          <span>{t.company}</span> {NUMBERS[state.locale]}
        </p>
        <p class="says" role={call.phase === "failed" ? "alert" : "status"}>
          {says}
        </p>
        <p class="typed">
          <span>{pressed}</span>
          {call.isOn && <span class="clock">{callClock(now - call.startedAtMs)}</span>}
        </p>
      </div>
      {hidden && (
        <p class="secret">
          <Icon name="lock" size={16} /> {words.phoneSecure}
        </p>
      )}
      <fieldset class="keys" aria-label={words.phoneKeypad}>
        {KEYS.map(([key, letters]) => (
          <button key={key} type="button" data-letters={letters} disabled={!call.isOn} onClick={() => press(key)}>
            <b>{key}</b>
          </button>
        ))}
      </fieldset>
      <div class="big">
        {call.isOn ? (
          <>
            <button type="button" aria-pressed={call.muted} class="round" onClick={() => call.mute(!call.muted)}>
              <Icon name={call.muted ? "micoff" : "mic"} size={24} />
              <span>{call.muted ? words.phoneUnmute : words.phoneMute}</span>
            </button>
            <button type="button" class="round end" onClick={() => call.hangUp()}>
              <Icon name="hangup" size={24} />
              <span>{words.phoneHangUp}</span>
            </button>
          </>
        ) : (
          <button type="button" class="round dial" disabled={!offered} onClick={() => void call.start()}>
            <Icon name="phone" size={24} />
            <span>{t.dial}</span>
          </button>
        )}
      </div>
    </section>
  );
}
