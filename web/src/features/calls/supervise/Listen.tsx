/** For who leads: be heard or unheard in somebody else's call. */
import { Ear, Megaphone, MessageCircleMore } from "lucide-react";
import { preferences } from "@/app/preferences";
import { unlockSound } from "@/app/ring";
import { useT } from "@/i18n/t";
import type { AudioMode } from "@/live/calls";
import { IconButton } from "@/ui/Button";
import styles from "../calls.module.css";
import { changeMode, joinCall, useLeg } from "../phone/phone";

export const MODES = ["listen", "whisper", "barge"] as const;
const SIGNS = { listen: Ear, whisper: MessageCircleMore, barge: Megaphone };

/** Names who is spoken to: several calls may be in view. */
export default function Listen({ contact, agent }: { contact: string; agent: string }) {
  const t = useT();
  const leg = useLeg(contact);
  const start = (mode: AudioMode) => {
    void unlockSound(preferences().ringDevice);
    if (leg?.phase === "up") void changeMode(contact, mode);
    else void joinCall(contact, "supervise", mode);
  };
  return (
    <span className={styles.listen}>
      {MODES.map((mode) => {
        const Sign = SIGNS[mode];
        return (
          <IconButton
            key={mode}
            label={t(`calls.mode.${mode}.of`, { name: agent })}
            aria-pressed={leg?.mode === mode}
            icon={<Sign size={13} aria-hidden="true" />}
            onPress={() => start(mode)}
          />
        );
      })}
    </span>
  );
}
