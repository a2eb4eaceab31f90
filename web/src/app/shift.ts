/** Starting a shift: one click that unlocks sound, asks for notifications, rings once and goes available. */
import { t } from "@/i18n/t";
import { sendPresence } from "@/live/commands";
import { showToast } from "@/ui/toasts";
import { askToNotify } from "./notify";
import { preferences } from "./preferences";
import { ring, unlockSound } from "./ring";

export async function startShift(): Promise<void> {
  sendPresence("available");
  const { volume, ringDevice, notifications } = preferences();
  const sound = await unlockSound(ringDevice);
  if (sound) ring(volume);
  else showToast({ tone: "bad", text: t("shell.no_sound"), fix: t("shell.no_sound_fix") });
  if (notifications && !(await askToNotify())) {
    showToast({ text: t("shell.no_notifications"), fix: t("shell.no_notifications_fix") });
  }
}
