/** What can be asked on this line, and what a caller has at hand for it. */

import { useEffect, useState } from "preact/hooks";
import people from "../shop/people.json";
import { LANGUAGE_NAMES } from "../widget/i18n/strings";
import { LOCALES, type Locale } from "../widget/protocol";
import { NUMBERS } from "./Handset";
import type { Texts } from "./texts";

const POLL_MS = 3000;

function useMessages(to: string): readonly string[] {
  const [messages, setMessages] = useState<readonly string[]>([]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = async () => {
      try {
        const answer = await fetch(`/demo/phone/messages?to=${encodeURIComponent(to)}`);
        if (answer.ok && !gone) {
          const body = (await answer.json()) as { messages: { text: string }[] };
          setMessages(body.messages.map((message) => message.text));
        }
      } catch {
        // The shop is away for a moment; the next look may find it.
      }
      if (!gone) timer = setTimeout(ask, POLL_MS);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [to]);
  return messages;
}

export function Help({ locale, t }: { locale: Locale; t: Texts }) {
  const person = people.people[locale];
  const messages = useMessages(person.phone);
  const facts: readonly [string, string][] = [
    [t.name, person.name],
    [t.order, person.orders[1]?.number ?? ""],
    [t.account, person.account],
    [t.pin, person.pin],
    [t.birth, person.birth_date],
  ];
  return (
    <aside class="help">
      <section aria-labelledby="ask-title">
        <h2 id="ask-title">{t.ask}</h2>
        <ul>
          {t.topics.map((topic) => (
            <li key={topic}>{topic}</li>
          ))}
        </ul>
        <p class="quiet">{t.always}</p>
      </section>
      <section aria-labelledby="numbers-title">
        <h2 id="numbers-title">{t.numbers}</h2>
        <dl>
          {LOCALES.map((each) => (
            <div key={each}>
              <dt lang={each}>{LANGUAGE_NAMES[each]}</dt>
              <dd>{NUMBERS[each]}</dd>
            </div>
          ))}
        </dl>
        <p class="quiet">{t.numbersHint}</p>
      </section>
      <section aria-labelledby="you-title">
        <h2 id="you-title">{t.you}</h2>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="sms-title">
        <h2 id="sms-title">{t.messages}</h2>
        {messages.length === 0 ? (
          <p class="quiet">{t.noMessages}</p>
        ) : (
          <div role="log" aria-label={t.messages}>
            <ul>
              {messages.slice(0, 3).map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <p class="quiet">
        <a href={`/demo/shop/?lang=${locale}`}>{t.shop}</a>
      </p>
    </aside>
  );
}
