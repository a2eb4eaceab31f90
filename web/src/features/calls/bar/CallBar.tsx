/** One call: who it is, how it stands, how it sounds, and everything that can be done with it. */
import { Phone, PhoneIncoming, PhoneOutgoing } from "lucide-react";
import { Suspense, useEffect, useRef, useState } from "react";
import { lazy } from "@/app/fetching";
import { Link } from "@/app/Link";
import { formatClock } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { consulted } from "@/live/calls";
import { useServerNow } from "@/live/now";
import { useCard } from "@/live/selectors";
import { watchContact } from "@/live/socket";
import { useLive } from "@/live/store";
import { useKeepsFocus, useTakesLostFocus } from "@/ui/lostFocus";
import { StateChip } from "@/ui/StateChip";
import styles from "../calls.module.css";
import { useLeg } from "../phone/phone";
import { callerOf, STANDING_STATE, standingOf } from "../words";
import { Actions } from "./Actions";
import { Attestation, Level } from "./Chips";
import { ConsultStrip } from "./ConsultStrip";
import { Keypad } from "./Keypad";
import { QualityChip } from "./QualityChip";
import { RecordingSign } from "./RecordingSign";
import { SecurePanel } from "./SecurePanel";
import { TroubleLine } from "./TroubleLine";
import { useCallCommands } from "./useCallCommands";

export type Tray = "keypad" | "secure" | "consult" | null;

const ConsultDialog = lazy(() => import("./ConsultDialog"));

const SIGNS = { inbound: PhoneIncoming, outbound: PhoneOutgoing, browser: Phone };

export function CallBar({ id, first }: { id: string; first: boolean }) {
  const t = useT();
  const card = useCard(id);
  const call = useLive((state) => state.calls[id]);
  const me = useLive((state) => state.me?.id);
  const leg = useLeg(id);
  const now = useServerNow();
  const [tray, setTray] = useState<Tray>(null);
  const name = callerOf(card, call, t);
  const bar = useRef<HTMLElement>(null);
  useTakesLostFocus(bar);
  useKeepsFocus(bar);
  const own = card?.agent_id === me;
  const standing = standingOf(call, leg, Boolean(card?.on_hold_since));
  // Of a contact that is not mine, the call's state comes to who follows it.
  useEffect(() => (own ? undefined : watchContact(id)), [own, id]);
  const open = (wanted: Tray) => setTray((shown) => (shown === wanted ? null : wanted));
  useCallCommands({ id, card, leg, call, own, active: first, open });
  const since = card?.connected_at ?? call?.since_at;
  const Sign = SIGNS[call?.direction ?? "inbound"];
  const other = consulted(call, me);
  return (
    <article ref={bar} tabIndex={-1} className={styles.bar} aria-label={t("calls.call_with", { name })}>
      <div className={styles.row}>
        <span className={styles.sign}>
          <Sign size={16} aria-hidden="true" />
        </span>
        <div className={styles.who}>
          <p className={styles.name}>
            <Link to={`/desk/${id}`} className={styles.nameLink}>
              <span lang={card?.locale}>{name}</span>
            </Link>
            {call?.number && call.number !== name ? <span className={styles.number}>{call.number}</span> : null}
          </p>
          <p className={styles.facts}>
            <StateChip state={STANDING_STATE[standing]}>{t(`calls.state.${standing}`)}</StateChip>
            {since ? (
              <span className={styles.clock} role="timer" aria-label={t("calls.duration")}>
                {formatClock((now - Date.parse(since)) / 1000)}
              </span>
            ) : null}
            {card ? <Level assurance={card.assurance} /> : null}
            {call ? <Attestation level={call.attestation} /> : null}
            <QualityChip call={call} leg={leg} />
            {call ? <RecordingSign id={id} call={call} own={own} /> : null}
          </p>
        </div>
        <Actions id={id} own={own} call={call} leg={leg} card={card} tray={tray} open={open} />
      </div>
      <TroubleLine leg={leg} call={call} />
      {other && call ? <ConsultStrip id={id} call={call} other={other} own={own} /> : null}
      {tray === "keypad" ? <Keypad id={id} party={other?.id} onClose={() => setTray(null)} /> : null}
      <SecurePanel
        id={id}
        secure={call?.secure ?? null}
        own={own}
        wanted={tray === "secure"}
        onClose={() => setTray((open) => (open === "secure" ? null : open))}
      />
      <Suspense fallback={null}>
        {tray === "consult" ? <ConsultDialog id={id} name={name} onClose={() => setTray(null)} /> : null}
      </Suspense>
    </article>
  );
}
