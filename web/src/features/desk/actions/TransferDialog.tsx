/** Hand over to a queue or to one colleague, with a note for them. The place in line is kept. */
import { useState } from "react";
import { useResource } from "@/api/resource";
import { localText, lookup, useT } from "@/i18n/t";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";

interface Colleague {
  id: string;
  name: string;
  presence?: string;
}

export default function TransferDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const t = useT();
  const queues = useLive((state) => state.queues);
  const me = useLive((state) => state.me?.id);
  const { data } = useResource<{ items: readonly Colleague[] }>("/colleagues", 5000);
  const [target, setTarget] = useState<string | null>(null);
  const [note, setNote] = useState("");

  const choices = [
    ...queues
      .filter((queue) => queue.id !== card.queue_id)
      .map((queue) => ({
        id: `queue:${queue.id}`,
        label: localText(queue.name, queue.id),
        detail: t("desk.queue"),
      })),
    ...(data?.items ?? [])
      .filter((agent) => agent.id !== me)
      .map((agent) => ({
        id: `agent:${agent.id}`,
        label: agent.name,
        detail: `${t("desk.colleague")} · ${lookup(`shell.presence.${agent.presence ?? "offline"}`) ?? ""}`,
      })),
  ];

  const send = () => {
    if (!target) return;
    const [kind, id] = [target.slice(0, target.indexOf(":")), target.slice(target.indexOf(":") + 1)];
    sendCommand(card.id, {
      kind: "transfer",
      ...(kind === "queue" ? { queue_id: id } : { to_agent_id: id }),
      ...(note.trim() ? { note: note.trim() } : {}),
    });
    const name = choices.find((choice) => choice.id === target)?.label ?? id;
    showToast({ tone: "good", text: t("desk.transferred", { name }) });
    onClose();
  };

  return (
    <Dialog
      open
      title={t("desk.transfer_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={!target} onPress={send}>
            {t("desk.transfer")}
          </Button>
        </>
      }
    >
      <ComboBox
        label={t("desk.transfer_to")}
        items={choices}
        value={target}
        onChange={setTarget}
        placeholder={t("desk.transfer_hint")}
        empty={t("ui.nothing_found")}
        autoFocus
        large
      />
      <TextField
        label={t("desk.transfer_note")}
        hint={t("desk.transfer_note_hint")}
        value={note}
        onChange={setNote}
        rows={4}
        maxLength={2000}
      />
    </Dialog>
  );
}
