/** Who is on the other side, the language, and the two ways out: end the chat, close the panel. */

import { useState } from "preact/hooks";
import { isByMessage, speaker } from "../core/state";
import { LANGUAGE_NAMES } from "../i18n/strings";
import { LOCALES, type Locale } from "../protocol";
import { usePanel } from "./context";
import { EndDialog } from "./EndDialog";
import { Icon, type IconName } from "./icons";
import { CallButton } from "./PhoneSlot";

export function Header({ close }: { close: (() => void) | null }) {
  const { session, state, t } = usePanel();
  const [asking, setAsking] = useState(false);
  const offered = state.settings?.locales.filter((locale) => LOCALES.includes(locale)) ?? LOCALES;
  const talking = state.contact !== null && state.contact.status !== "ended";
  return (
    <header class="header">
      <div class="header-who">
        <h1>{state.settings?.name ?? "\u00a0"}</h1>
        <Status />
      </div>
      <div class="header-tools">
        <label class="language">
          <Icon name="globe" size={16} />
          <span class="hidden">{t.language}</span>
          <select
            value={state.locale}
            onChange={(event) => session.setLocale(event.currentTarget.value as Locale)}
          >
            {offered.map((locale) => (
              <option key={locale} value={locale} lang={locale}>
                {LANGUAGE_NAMES[locale]}
              </option>
            ))}
          </select>
        </label>
        {talking && <CallButton look="tool" />}
        {talking && (
          <button type="button" class="tool" title={t.end} aria-label={t.end} onClick={() => setAsking(true)}>
            <Icon name="leave" />
          </button>
        )}
        {close && (
          <button type="button" class="tool" title={t.close} aria-label={t.close} onClick={close}>
            <Icon name="close" />
          </button>
        )}
      </div>
      {asking && <EndDialog done={() => setAsking(false)} />}
    </header>
  );
}

function Status() {
  const { state, t } = usePanel();
  const status = state.contact?.status;
  if (status === undefined) return null;
  const who = speaker(state);
  let icon: IconName = "bot";
  let text = t.withBot;
  if (state.onHold) [icon, text] = ["pause", t.onHold];
  else if (status === "ended") [icon, text] = ["check", t.ended];
  else if (status === "queued" || status === "offered") [icon, text] = ["clock", t.waiting];
  else if (status === "callback")
    [icon, text] = isByMessage(state) ? ["clock", t.replyArranged] : ["phone", t.callbackArranged];
  else if (who?.author === "agent") [icon, text] = ["person", t.withAgent(who.name ?? t.agent)];
  return (
    <p class={`status status-${who?.author ?? "none"}`}>
      <Icon name={icon} size={14} />
      {text}
    </p>
  );
}
