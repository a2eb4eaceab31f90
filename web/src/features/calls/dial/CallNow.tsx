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
  const call = useLive((state) => (wish.contact ? state.calls[wish.contact] : undefined));
  const [busy, setBusy] = useState(false);
  if (!may) return null;
  // One contact has one call: the bar of the running one says how it goes.
  if (call && call.state !== "ended" && call.direction === "outbound") return null;
  const again = call?.state === "ended" && call.direction === "outbound";
  const begin = async () => {
    setBusy(true);
    await dial(wish);
    setBusy(false);
  };
  return (
    <>
      {again && call.result ? <span role="status">{t(`calls.result.${call.result}`)}</span> : null}
      <Button
        icon={<PhoneOutgoing size={14} aria-hidden="true" />}
        isDisabled={busy}
        aria-label={name ? t(again ? "calls.call_name_again" : "calls.call_name", { name }) : undefined}
        onPress={() => void begin()}
      >
        {t(busy ? "calls.dialling" : again ? "calls.call_again" : "calls.call")}
      </Button>
    </>
  );
}
