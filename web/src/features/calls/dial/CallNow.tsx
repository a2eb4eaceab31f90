/** One press that calls: the number of a promised call, or of a customer. */
import { PhoneOutgoing } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n/t";
import { takesCalls } from "@/live/calls";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { dial, type Wish } from "./dial";

export default function CallNow({ wish, name }: { wish: Wish; name?: string }) {
  const t = useT();
  const may = useLive(takesCalls);
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  const call = async () => {
    setBusy(true);
    await dial(wish);
    setBusy(false);
  };
  return (
    <Button
      icon={<PhoneOutgoing size={14} aria-hidden="true" />}
      isDisabled={busy}
      aria-label={name ? t("calls.call_name", { name }) : undefined}
      onPress={() => void call()}
    >
      {t(busy ? "calls.dialling" : "calls.call")}
    </Button>
  );
}
