/** Nobody will call: why, and a word for colleagues. */
import { useState } from "react";
import { api } from "@/api/client";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { TextField } from "@/ui/TextField";
import { CANCEL_REASONS } from "./callbacks";
import { useOrder } from "./useOrder";

export default function CancelDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useT();
  const order = useOrder();
  const [reason, setReason] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const send = () =>
    order.send(card.id, { kind: "cancel_callback", reason }, t("callbacks.cancelled"), () => {
      const text = note.trim();
      if (text) {
        // The call is cancelled either way; a note that cannot be kept is told by the usual refusal.
        void api.post(`/contacts/${card.id}/commands`, {
          cid: crypto.randomUUID(),
          c: { kind: "add_note", text },
        });
      }
      onClose();
    });
  return (
    <Dialog
      open
      role="alertdialog"
      title={t("callbacks.cancel_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("callbacks.keep")}</Button>
          <Button tone="danger" isDisabled={!reason || order.busy} onPress={() => void send()}>
            {t("callbacks.cancel_title")}
          </Button>
        </>
      }
    >
      <p>{t("callbacks.cancel_text", { name: nameOfCustomer(card.customer) })}</p>
      <Select
        label={t("callbacks.cancel_reason")}
        items={CANCEL_REASONS.map((id) => ({ id, label: t(`callbacks.reason.${id}`) }))}
        value={reason}
        onChange={setReason}
        error={order.error}
        large
      />
      <TextField label={t("callbacks.cancel_note")} value={note} onChange={setNote} rows={3} maxLength={4000} />
    </Dialog>
  );
}
