/** Before the first contact: one click that readies sound, notifications and presence. */
import { Bell, Headset, Mic, Volume2 } from "lucide-react";
import { startShift } from "@/app/shift";
import { useT } from "@/i18n/t";
import { takesCalls } from "@/live/calls";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import styles from "./start.module.css";

export function StartShift() {
  const t = useT();
  const presence = useLive((state) => state.me?.presence);
  const calls = useLive(takesCalls);
  if (presence === undefined) return <div aria-busy="true" />;
  return (
    <div className={styles.start}>
      <span className={styles.sign}>
        <Headset size={22} aria-hidden="true" />
      </span>
      <h2>{t(presence === "away" ? "desk.back_title" : "desk.start_title")}</h2>
      <p>{t("desk.start_text")}</p>
      <ul className={styles.readies}>
        <li>
          <Volume2 size={14} aria-hidden="true" /> {t("desk.start_sound")}
        </li>
        <li>
          <Bell size={14} aria-hidden="true" /> {t("desk.start_notify")}
        </li>
        {calls ? (
          <li>
            <Mic size={14} aria-hidden="true" /> {t("desk.start_microphone")}
          </li>
        ) : null}
      </ul>
      <Button tone="primary" large onPress={() => void startShift()}>
        {t(presence === "away" ? "desk.back" : "desk.start")}
      </Button>
    </div>
  );
}
