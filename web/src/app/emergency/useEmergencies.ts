/** What customers are told at this moment, and stopping it. */
import { ApiError, api } from "@/api/client";
import { t } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Emergency } from "@/live/protocol";
import { useLive } from "@/live/store";
import { showToast } from "@/ui/toasts";
import { activeAt } from "./emergency";

const NONE: readonly Emergency[] = [];

export function useKnownEmergencies(): readonly Emergency[] {
  return useLive((state) => state.me?.emergencies ?? NONE);
}

/** Those that are on; ticks, so use it only where something is known to be there. */
export function useActive(known: readonly Emergency[]): readonly Emergency[] {
  return activeAt(known, useServerNow());
}

export async function stopEmergency(id: string): Promise<void> {
  try {
    await api.post(`/emergency/${id}/stop`);
    showToast({ tone: "good", text: t("emergency.stopped") });
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    showToast({ tone: "bad", text: failure.message, fix: failure.fix });
  }
}
