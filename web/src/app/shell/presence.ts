/** Why an agent is away: the company's own reasons, or the usual ones where it has set none. */
import { localText, lookup } from "@/i18n/t";
import type { PauseReason } from "@/live/protocol";

export interface AwayReason {
  id: string;
  label: string;
}

const USUAL = ["break", "lunch", "meeting", "training", "admin", "other"];

export function awayReasons(own: readonly PauseReason[]): readonly AwayReason[] {
  if (own.length > 0) return own.map(({ id, name }) => ({ id, label: localText(name, id) }));
  return USUAL.map((id) => ({ id, label: lookup(`shell.reason.${id}`) ?? id }));
}

/** The name of a reason somebody is away for; also of one that was removed since, and of the system's own. */
export function reasonName(id: string, own: readonly PauseReason[]): string {
  return localText(own.find((each) => each.id === id)?.name, lookup(`shell.reason.${id}`) ?? id);
}
