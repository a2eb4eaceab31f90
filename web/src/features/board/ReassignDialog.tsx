/** A supervisor moves a contact to another queue or to one agent, when they are free or at once. */
import { useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { localText, lookup, useT } from "@/i18n/t";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { showToast } from "@/ui/toasts";
import styles from "./board.module.css";
import { agentOf, type Colleague, type How, orderOf, waysTo } from "./reassign";

export interface Movable {
  id: string;
  name: string;
  queue_id: string | null;
}

const NOBODY: readonly Colleague[] = [];
const DONE = { free: "board.reassigned", ring: "board.rings_now", connect: "board.connected_now" } as const;

export default function ReassignDialog({ contact, onClose }: { contact: Movable; onClose: () => void }) {
  const t = useT();
  const queues = useLive((state) => state.queues);
  const { data } = useResource<{ items: readonly Colleague[] }>("/colleagues", 5000);
  const colleagues = data?.items ?? NOBODY;
  const [target, setTarget] = useState<string | null>(null);
  const [chosen, setHow] = useState<How>("free");
  const { busy, problem, send } = useSending();
  const choices = [
    ...queues.map((queue) => ({
      id: `queue:${queue.id}`,
      label: localText(queue.name, queue.id),
      detail: t("board.queue_kind"),
    })),
    ...colleagues.map((agent) => ({
      id: `agent:${agent.id}`,
      label: agent.name,
      detail: `${t("board.agent_kind")} · ${lookup(`shell.presence.${agent.presence}`) ?? agent.presence}`,
    })),
  ];
  const agent = agentOf(target, colleagues);
  const ways = agent ? waysTo(agent) : [];
  const how: How = ways.includes(chosen) ? chosen : "free";
  const reassign = async () => {
    const c = orderOf(target, how, colleagues);
    if (!c) return;
    await send(async () => {
      await api.post(`/contacts/${contact.id}/commands`, { cid: crypto.randomUUID(), c });
      const name = choices.find((choice) => choice.id === target)?.label ?? "";
      showToast({ tone: "good", text: t(DONE[how], { name }) });
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
            {t(how === "free" ? "board.reassign" : `board.how.${how}`)}
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
      {agent ? (
        <div className={styles.how}>
          {ways.length > 1 ? (
            <Segments
              label={t("board.how")}
              items={ways.map((id) => ({ id, label: t(`board.how.${id}`) }))}
              chosen={how}
              onChoose={setHow}
            />
          ) : null}
          <p role="status">
            {t(ways.length > 1 ? `board.how.${how}_text` : "board.how.off_shift", { name: agent.name })}
          </p>
        </div>
      ) : null}
    </Dialog>
  );
}
