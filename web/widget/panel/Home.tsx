/** Before a conversation: a welcome and one way to begin. */

import { usePanel } from "./context";
import { Icon } from "./icons";
import { CallButton } from "./PhoneSlot";

export function Home() {
  const { session, state, t } = usePanel();
  const greeting = state.settings?.greeting || t.greeting;
  return (
    <main class="home">
      <div class="home-faces" aria-hidden="true">
        <span>
          <Icon name="bot" size={26} />
        </span>
        <span>
          <Icon name="person" size={26} />
        </span>
      </div>
      <div class="home-words">
        <p class="home-greeting">{greeting}</p>
        <p class="home-lead">{t.homeLead}</p>
      </div>
      <button
        type="button"
        class="button button-main button-wide"
        data-first-focus
        disabled={state.starting !== null || state.connection === "refused"}
        onClick={() => session.start()}
      >
        {state.starting ? t.starting : state.returning ? t.resumeCase : t.start}
      </button>
      <CallButton look="wide" />
      {state.returning && (
        <p class="home-note">
          <Icon name="link" size={14} />
          {t.startAgainHint}
        </p>
      )}
    </main>
  );
}
