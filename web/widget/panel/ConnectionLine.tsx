/** One quiet line when the connection, a message or a request needs a word; nothing while all is well. */

import { useEffect, useState } from "preact/hooks";
import type { Connection } from "../core/state";
import type { Strings } from "../i18n/en";
import { usePanel } from "./context";
import { Icon } from "./icons";

/** A connection that is back within a moment is not worth a word. */
const PATIENCE_MS = 900;

export function ConnectionLine() {
  const { session, state, t } = usePanel();
  const [late, setLate] = useState(false);
  const healthy = state.connection === "live" || state.connection === "idle";
  useEffect(() => {
    setLate(false);
    if (healthy) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [healthy]);

  const final =
    state.connection === "replaced" || state.connection === "refused" || state.connection === "offline";
  const text = !healthy && (late || final) ? connectionText(state.connection, t) : "";
  const refusal = state.refusal;
  return (
    <div class="lines">
      <div role="status" class={text ? `line line-${state.connection}` : "line-none"}>
        {text && <Icon name={final ? "alert" : "clock"} size={15} />}
        <span>{text}</span>
        {text && (state.connection === "replaced" || state.connection === "refused") && (
          <button type="button" class="line-button" onClick={() => session.connect()}>
            {state.connection === "replaced" ? t.useHere : t.refusedRetry}
          </button>
        )}
      </div>
      {refusal && (
        <div role="alert" class="line line-refused">
          <Icon name="alert" size={15} />
          <span>{/too_many$/.test(refusal.code) ? t.tooMany : t.problem}</span>
          <button type="button" class="line-button" onClick={() => session.dismiss()}>
            {t.dismiss}
          </button>
        </div>
      )}
    </div>
  );
}

function connectionText(connection: Connection, t: Strings): string {
  switch (connection) {
    case "connecting":
      return t.connecting;
    case "catching_up":
      return t.catchingUp;
    case "retrying":
      return t.retrying;
    case "offline":
      return t.offline;
    case "replaced":
      return t.replaced;
    case "refused":
      return t.refused;
    case "idle":
    case "live":
      return "";
  }
}
