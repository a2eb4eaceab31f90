/** Where a call is shown, above the conversation. Its weight comes with the wish to call, or with a call to come back to. */

import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { PhoneBarProps } from "../phone/PhoneBar";
import { usePanel } from "./context";
import { Icon } from "./icons";

type Bar = ComponentType<PhoneBarProps>;

/** The customer presses: from here on the call is the bar's. */
let wish: (() => void) | null = null;

export function PhoneSlot() {
  const { session, state } = usePanel();
  const [Part, setPart] = useState<{ Bar: Bar } | null>(null);
  const [asked, setAsked] = useState(0);
  const kept = session.memory.call;
  const returning = kept !== null && state.contact?.id === kept && state.contact.status !== "ended";
  useEffect(() => {
    wish = () => setAsked((count) => count + 1);
    return () => {
      wish = null;
    };
  }, []);
  useEffect(() => {
    if (Part || (asked === 0 && !returning)) return;
    void import("../phone/PhoneBar").then(({ PhoneBar }) => setPart({ Bar: PhoneBar }));
  }, [Part, asked, returning]);
  if (!Part) return null;
  return <Part.Bar asked={asked} returning={returning} />;
}

/** Offered where the company takes calls, and only then. */
export function CallButton({ look }: { look: "wide" | "tool" }) {
  const { state, t } = usePanel();
  if (!state.settings?.calls || (state.phone !== null && state.phone.state !== "ended")) return null;
  const press = () => wish?.();
  if (look === "tool") {
    return (
      <button type="button" class="tool" title={t.phoneCall} aria-label={t.phoneCall} onClick={press}>
        <Icon name="phone" />
      </button>
    );
  }
  return (
    <button type="button" class="button button-wide home-call" onClick={press}>
      <Icon name="phone" size={18} />
      {t.phoneCall}
    </button>
  );
}
