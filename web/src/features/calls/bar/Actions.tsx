/** The buttons of a call. What needs the contact to be mine is not shown to who was only asked in. */
import {
  ArrowRightLeft,
  Grid3x3,
  LockKeyhole,
  LogOut,
  Mic,
  MicOff,
  Pause,
  PhoneOff,
  Play,
  UserPlus,
} from "lucide-react";
import { runCommand, showKeys } from "@/app/commands";
import { navigate } from "@/app/router";
import { useT } from "@/i18n/t";
import type { Call } from "@/live/calls";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { Button, IconButton } from "@/ui/Button";
import styles from "../calls.module.css";
import { leaveCall, muteCall } from "../phone/phone";
import type { Leg } from "../phone/state";
import type { Tray } from "./CallBar";
import { hangUp } from "./hangUp";

export interface ActionsProps {
  id: string;
  own: boolean;
  card: Card | undefined;
  call: Call | undefined;
  leg: Leg | undefined;
  tray: Tray;
  open: (tray: Tray) => void;
}

/** The desk's own transfer, on the conversation it belongs to. */
function transfer(id: string): void {
  navigate(`/desk/${id}`);
  // The conversation offers its commands once it is shown.
  requestAnimationFrame(() => setTimeout(() => runCommand("conversation:transfer")));
}

export function Actions({ id, own, card, call, leg, tray, open }: ActionsProps) {
  const t = useT();
  const heard = leg?.phase === "up";
  const held = Boolean(card?.on_hold_since);
  const icon = { size: 14, "aria-hidden": true } as const;
  return (
    <div className={styles.actions}>
      {leg ? (
        <Button
          tone={leg.muted ? "note" : "plain"}
          icon={leg.muted ? <MicOff {...icon} /> : <Mic {...icon} />}
          keys={showKeys("m")}
          aria-pressed={leg.muted}
          isDisabled={!heard}
          onPress={() => muteCall(id, !leg.muted)}
        >
          <span className={styles.word}>{t(leg.muted ? "calls.unmute" : "calls.mute")}</span>
        </Button>
      ) : null}
      {own ? (
        <Button
          icon={held ? <Play {...icon} /> : <Pause {...icon} />}
          keys={showKeys("h")}
          aria-pressed={held}
          onPress={() => sendCommand(id, { kind: held ? "resume" : "hold" })}
        >
          <span className={styles.word}>{t(held ? "desk.resume" : "desk.hold")}</span>
        </Button>
      ) : null}
      <IconButton
        label={t("calls.keypad")}
        keys={showKeys("k")}
        icon={<Grid3x3 {...icon} />}
        aria-expanded={tray === "keypad"}
        onPress={() => open("keypad")}
      />
      {own ? (
        <>
          <IconButton
            label={t("calls.secure")}
            icon={<LockKeyhole {...icon} />}
            aria-expanded={tray === "secure"}
            isDisabled={call?.secure !== null && call?.secure?.outcome === null}
            onPress={() => open("secure")}
          />
          <IconButton label={t("calls.consult")} icon={<UserPlus {...icon} />} onPress={() => open("consult")} />
          <IconButton
            label={t("desk.transfer")}
            keys={showKeys("t")}
            icon={<ArrowRightLeft {...icon} />}
            onPress={() => transfer(id)}
          />
        </>
      ) : null}
      {leg && leg.phase !== "left" && leg.phase !== "failed" ? (
        <IconButton
          label={t(own ? "calls.leave" : "calls.leave_asked")}
          icon={<LogOut {...icon} />}
          onPress={() => leaveCall(id)}
        />
      ) : null}
      {own ? (
        <Button tone="danger" icon={<PhoneOff {...icon} />} onPress={() => hangUp(id, card, call)}>
          <span className={styles.word}>{t("calls.hang_up")}</span>
        </Button>
      ) : null}
    </div>
  );
}
