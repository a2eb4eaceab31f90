/**
 * Starting a shift: one click that unlocks sound, asks for notifications, rings once and goes available; who takes calls here is
 * asked for the microphone.
 */
import { t } from "@/i18n/t";
import { takesCalls } from "@/live/calls";
import { sendPresence } from "@/live/commands";
import { liveState } from "@/live/store";
import { showToast } from "@/ui/toasts";
import { askForMicrophone } from "./calls";
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
  if (preferences().callsOn === "browser" && takesCalls(liveState()) && (await askForMicrophone()) !== null) {
    showToast({ tone: "bad", text: t("shell.no_microphone"), fix: t("shell.no_microphone_fix") });
  }
}
