/** Everything the line says, while it says it: for eyes, for learners, for a room without loudspeakers. */

import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../widget/core/session";
import type { Strings } from "../widget/i18n/en";
import type { CustomerCall } from "../widget/phone/call";
import { captionsOf, happened } from "./captions";
import type { Texts } from "./texts";

export interface CaptionsProps {
  session: Session;
  call: CustomerCall;
  t: Texts;
  words: Strings;
}

export function Captions({ session, call, t, words }: CaptionsProps) {
  const list = useRef<HTMLUListElement>(null);
  const lines = captionsOf(session.state, happened(words), t.pressedZero);
  const speaker = { bot: words.bot, customer: words.you, agent: words.agent, event: "" };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is new is scrolled to.
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: "nearest" });
  }, [lines.length]);
  return (
    <section class="captions" aria-labelledby="captions-title">
      <h2 id="captions-title">{t.captions}</h2>
      {lines.length === 0 && <p class="quiet">{t.captionsEmpty}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <div class="scroll" role="log" aria-label={t.captions} tabIndex={0}>
        <ul ref={list}>
          {lines.map((line) => (
            <li key={line.key} class={`line line-${line.author}`}>
              {line.author !== "event" && <b>{line.name ?? speaker[line.author]}</b>}
              <span lang={line.lang ?? undefined}>{line.text}</span>
              {line.choices.length > 0 && (
                <span class="choices">
                  {line.choices.map((choice) => (
                    <button
                      key={choice.key}
                      type="button"
                      disabled={!call.isOn}
                      onClick={() => call.press(choice.key)}
                    >
                      <kbd>{choice.key}</kbd> {choice.label}
                    </button>
                  ))}
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
