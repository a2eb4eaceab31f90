/** Who the network says is calling, and how sure we are of the customer. Neither proves the other. */
import { BadgeCheck, ShieldAlert, ShieldCheck, ShieldQuestion } from "lucide-react";
import { useT } from "@/i18n/t";
import type { Call } from "@/live/calls";
import { StateChip } from "@/ui/StateChip";

export function Level({ assurance }: { assurance: number }) {
  const t = useT();
  if (assurance >= 2) {
    return (
      <StateChip state="ok" icon={<BadgeCheck size={12} aria-hidden="true" />}>
        {t("desk.verified")}
      </StateChip>
    );
  }
  return (
    <StateChip state="wait" icon={<ShieldQuestion size={12} aria-hidden="true" />}>
      {t(assurance === 1 ? "desk.partly_verified" : "desk.not_verified")}
    </StateChip>
  );
}

/** What the caller's carrier vouches for (STIR/SHAKEN); nothing is said where nothing was signed. */
export function Attestation({ level }: { level: Call["attestation"] }) {
  const t = useT();
  if (level === "none") return null;
  const good = level === "A";
  const Sign = good ? ShieldCheck : ShieldAlert;
  return (
    <StateChip
      state={good ? "ok" : level === "failed" ? "late" : "wait"}
      icon={<Sign size={12} aria-hidden="true" />}
    >
      {t(`calls.attestation.${level}`)}
    </StateChip>
  );
}
