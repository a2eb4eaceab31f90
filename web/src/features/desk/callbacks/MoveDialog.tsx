/** Another time for a promised call: as soon as possible, or a half hour. */
import { useState } from "react";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { nextHalfHour, windowFrom } from "./callbacks";
import { useOrder } from "./useOrder";

export default function MoveDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useT();
  const order = useOrder();
  const [when, setWhen] = useState("at");
  const [start, setStart] = useState(() => nextHalfHour(Date.now()));
  const window = when === "at" ? windowFrom(start) : {};
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const send = () =>
    window && order.send(card.id, { kind: "reschedule_callback", ...window }, t("callbacks.moved"), onClose);
  return (
    <Dialog
      open
      title={t("callbacks.move_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={!window || order.busy} onPress={() => void send()}>
            {t("callbacks.move")}
          </Button>
        </>
      }
    >
      <p>{t("callbacks.move_text", { name: nameOfCustomer(card.customer) })}</p>
      <Select
        label={t("callbacks.move_when")}
        items={[
          { id: "at", label: t("callbacks.move_at") },
          { id: "soon", label: t("callbacks.soon") },
        ]}
        value={when}
        onChange={setWhen}
        large
      />
      {when === "at" ? (
        <TextField
          label={t("callbacks.move_start")}
          type="datetime-local"
          step={1800}
          value={start}
          onChange={setStart}
          hint={t("callbacks.move_zone", { zone })}
          error={order.error}
          large
        />
      ) : order.error ? (
        <p role="alert">{order.error}</p>
      ) : null}
    </Dialog>
  );
}
