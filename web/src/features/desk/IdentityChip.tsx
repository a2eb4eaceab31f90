/** How sure we are who this is: not at all, by account, by proof. */
import { BadgeCheck, ShieldQuestion } from "lucide-react";
import { useT } from "@/i18n/t";
import { StateChip } from "@/ui/StateChip";

export function IdentityChip({ assurance }: { assurance: number }) {
  const t = useT();
  if (assurance >= 2) {
    return (
      <StateChip state="ok" icon={<BadgeCheck size={13} aria-hidden="true" />}>
        {t("desk.verified")}
      </StateChip>
    );
  }
  return (
    <StateChip state="wait" icon={<ShieldQuestion size={13} aria-hidden="true" />}>
      {t(assurance === 1 ? "desk.partly_verified" : "desk.not_verified")}
    </StateChip>
  );
}
