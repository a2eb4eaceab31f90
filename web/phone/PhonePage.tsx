/** A telephone, what is heard on it as text, and what can be asked. */

import { useEffect } from "preact/hooks";
import type { Session } from "../widget/core/session";
import { LANGUAGE_NAMES, strings } from "../widget/i18n/strings";
import { useChanges } from "../widget/panel/context";
import type { CustomerCall } from "../widget/phone/call";
import { LOCALES } from "../widget/protocol";
import { Captions } from "./Captions";
import { Handset } from "./Handset";
import { Help } from "./Help";
import { TEXTS } from "./texts";

export interface PhonePageProps {
  session: Session;
  call: CustomerCall;
}

export function PhonePage({ session, call }: PhonePageProps) {
  useChanges(session);
  useChanges(call);
  const { state } = session;
  const { locale } = state;
  const t = TEXTS[locale];
  useEffect(() => {
    document.documentElement.lang = locale;
    document.title = t.title;
  }, [locale, t]);
  // A call that this page was in before it was loaded again goes on.
  const returning = session.memory.call !== null && state.contact?.id === session.memory.call;
  useEffect(() => {
    if (returning && call.phase === "idle" && state.contact?.status !== "ended") void call.start();
  }, [returning, call, state.contact?.status]);
  return (
    <>
      <header class="top">
        <p class="demo-note">{t.demo}</p>
        <div class="bar">
          <h1>{t.heading}</h1>
          <fieldset class="languages" aria-label={t.language}>
            {LOCALES.map((each) => (
              <button
                key={each}
                type="button"
                lang={each}
                aria-pressed={each === locale}
                onClick={() => session.setLocale(each)}
              >
                {LANGUAGE_NAMES[each]}
              </button>
            ))}
          </fieldset>
        </div>
      </header>
      <main class="table">
        <Handset session={session} call={call} t={t} words={strings(locale)} />
        <Captions session={session} call={call} t={t} words={strings(locale)} />
        <Help locale={locale} t={t} />
      </main>
    </>
  );
}
