/** Calling somebody: the contact opens, and the desk shows it. */

import { preferences } from "@/app/preferences";
import { unlockSound } from "@/app/ring";
import { navigate } from "@/app/router";
import { askCall } from "@/live/asking";
import { CallRefused } from "@/live/calls";

export interface Wish {
  to: string;
  /** A promised call of one's own. */
  contact?: string;
  customer_id?: string;
}

/** True when the call was placed. A refusal is told as every refusal of the socket is. */
export async function dial(wish: Wish): Promise<boolean> {
  void unlockSound(preferences().ringDevice);
  try {
    const { contact } = await askCall({ t: "call_dial", ...wish });
    if (contact ?? wish.contact) navigate(`/desk/${contact ?? wish.contact}`);
    return true;
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    return false;
  }
}
