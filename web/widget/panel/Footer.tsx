/** After the end: the way back in. */

import { usePanel } from "./context";
import { CallButton } from "./PhoneSlot";

export function Footer() {
  const { session, state, t } = usePanel();
  return (
    <div class="footer">
      <button
        type="button"
        class="button button-main button-wide"
        data-first-focus
        disabled={state.starting !== null}
        onClick={() => session.start()}
      >
        {state.starting ? t.starting : t.startAgain}
      </button>
      <CallButton look="wide" />
      <p class="home-note">{t.startAgainHint}</p>
    </div>
  );
}
