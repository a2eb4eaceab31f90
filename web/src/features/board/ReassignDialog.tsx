/** A supervisor moves a contact to another queue or to one agent, wherever it is now. */
import { useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { localText, lookup, useT } from "@/i18n/t";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Dialog } from "@/ui/Dialog";
import { showToast } from "@/ui/toasts";

export interface Movable {
  id: string;
  name: string;
  queue_id: string | null;
}

interface Colleague {
  id: string;
  name: string;
  presence: string;
}

export default function ReassignDialog({ contact, onClose }: { contact: Movable; onClose: () => void }) {
  const t = useT();
  const queues = useLive((state) => state.queues);
  const { data } = useResource<{ items: readonly Colleague[] }>("/colleagues", 5000);
  const [target, setTarget] = useState<string | null>(null);
  const { busy, problem, send } = useSending();
  const choices = [
    ...queues.map((queue) => ({
      id: `queue:${queue.id}`,
      label: localText(queue.name, queue.id),
      detail: t("board.queue_kind"),
    })),
    ...(data?.items ?? []).map((agent) => ({
      id: `agent:${agent.id}`,
      label: agent.name,
      detail: `${t("board.agent_kind")} · ${lookup(`shell.presence.${agent.presence}`) ?? agent.presence}`,
    })),
  ];
  const reassign = async () => {
    const [kind, id] = target?.split(/:(.*)/s) ?? [];
    if (!id) return;
    await send(async () => {
      const to = kind === "queue" ? { queue_id: id } : { to_agent_id: id };
      await api.post(`/contacts/${contact.id}/commands`, {
        cid: crypto.randomUUID(),
        c: { kind: "reassign", ...to },
      });
      const name = choices.find((choice) => choice.id === target)?.label ?? id;
      showToast({ tone: "good", text: t("board.reassigned", { name }) });
      onClose();
    });
  };
  return (
    <Dialog
      open
      title={t("board.reassign_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={!target || busy} onPress={() => void reassign()}>
            {t("board.reassign")}
          </Button>
        </>
      }
    >
      <p>{t("board.reassign_text", { name: contact.name })}</p>
      <ComboBox
        label={t("board.reassign_to")}
        items={choices}
        value={target}
        onChange={setTarget}
        error={problem}
        placeholder={t("board.reassign_hint")}
        empty={t("ui.nothing_found")}
        autoFocus
        large
      />
    </Dialog>
  );
}
