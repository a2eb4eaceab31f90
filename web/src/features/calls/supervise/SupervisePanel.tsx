/** A call I am in as a supervisor: how I take part, and the way out. It floats: the board stays in view. */
import { LogOut, Mic, MicOff } from "lucide-react";
import { useEffect } from "react";
import { formatClock } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { useCard } from "@/live/selectors";
import { watchContact } from "@/live/socket";
import { useLive } from "@/live/store";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import { TroubleLine } from "../bar/TroubleLine";
import styles from "../calls.module.css";
import { changeMode, leaveCall, muteCall } from "../phone/phone";
import type { Leg } from "../phone/state";
import { callerOf, STANDING_STATE, standingOf } from "../words";
import { MODES } from "./Listen";

export function SupervisePanel({ leg }: { leg: Leg }) {
  const t = useT();
  const now = useServerNow();
  const card = useCard(leg.contact);
  const call = useLive((state) => state.calls[leg.contact]);
  const chosen = MODES.find((mode) => mode === leg.mode) ?? null;
  // The call's state comes to who follows the contact.
  useEffect(() => watchContact(leg.contact), [leg.contact]);
  const agent = call?.parties.find((party) => party.kind === "agent" && party.state !== "gone")?.name;
  const standing = standingOf(call, leg, false);
  return (
    <section className={styles.float} aria-label={t("calls.supervising")}>
      <header className={styles.floatHead}>
        <div>
          <p className={styles.name}>{agent ?? t("calls.party.agent")}</p>
          <p className={styles.quiet}>{callerOf(card, call, t)}</p>
        </div>
        <StateChip state={STANDING_STATE[standing]}>{t(`calls.state.${standing}`)}</StateChip>
        {call?.since_at ? (
          <span className={styles.clock}>{formatClock((now - Date.parse(call.since_at)) / 1000)}</span>
        ) : null}
      </header>
      <Segments
        label={t("calls.how")}
        items={MODES.map((mode) => ({ id: mode, label: t(`calls.mode.${mode}`) }))}
        chosen={chosen}
        onChoose={(mode) => void changeMode(leg.contact, mode)}
      />
      <p className={styles.quiet}>{chosen ? t(`calls.mode.${chosen}.text`) : null}</p>
      <TroubleLine leg={leg} call={call} />
      <div className={styles.floatFoot}>
        {leg.mode === "listen" ? null : (
          <IconButton
            label={t(leg.muted ? "calls.unmute" : "calls.mute")}
            aria-pressed={leg.muted}
            icon={leg.muted ? <MicOff size={14} aria-hidden="true" /> : <Mic size={14} aria-hidden="true" />}
            onPress={() => muteCall(leg.contact, !leg.muted)}
          />
        )}
        <Button icon={<LogOut size={14} aria-hidden="true" />} onPress={() => leaveCall(leg.contact)}>
          {t("calls.mode.leave")}
        </Button>
      </div>
    </section>
  );
}
