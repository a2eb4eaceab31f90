/** What the agent can do with a conversation, as functions and as commands with keys. */
import { useState } from "react";
import { useCommands } from "@/app/commands";
import { t } from "@/i18n/t";
import { isOwnCall } from "@/live/calls";
import { sendCommand } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { liveState } from "@/live/store";
import { showToast } from "@/ui/toasts";
import { cancelEnding, scheduleEnding, useEnding } from "./ending";

export interface ConversationActions {
  /** It is with me and going on. */
  canTalk: boolean;
  /** I ended it just now and may still take that back. */
  ending: boolean;
  transferring: boolean;
  toggleHold: () => void;
  transfer: () => void;
  closeTransfer: () => void;
  end: () => void;
}

export function useConversationActions(card: Card | undefined, mine: boolean): ConversationActions {
  const [transferring, setTransferring] = useState(false);
  const ending = useEnding(card?.id);
  const canTalk = mine && card?.status === "connected" && !ending;

  const toggleHold = () => {
    if (card && canTalk) sendCommand(card.id, { kind: card.on_hold_since ? "resume" : "hold" });
  };
  const end = () => {
    if (!card || !canTalk) return;
    const id = card.id;
    // A line that seems closed must be closed: no seconds to take it back while both are still heard.
    if (isOwnCall(liveState(), id)) {
      sendCommand(id, { kind: "agent_ends" });
      return;
    }
    const grace_ms = scheduleEnding(id);
    showToast({
      text: t("desk.ended_undo"),
      stays_ms: grace_ms,
      action: { label: t("ui.undo"), run: () => cancelEnding(id) },
    });
  };
  const transfer = () => {
    if (canTalk) setTransferring(true);
  };

  useCommands(
    [
      {
        id: "conversation:hold",
        title: card?.on_hold_since ? "desk.resume" : "desk.hold",
        group: "conversation",
        keys: "h",
        when: () => canTalk,
        run: toggleHold,
      },
      {
        id: "conversation:transfer",
        title: "desk.transfer",
        group: "conversation",
        keys: "t",
        when: () => canTalk,
        run: transfer,
      },
      {
        id: "conversation:end",
        title: "desk.end",
        group: "conversation",
        keys: "e",
        when: () => canTalk,
        run: end,
      },
    ],
    `${card?.id} ${card?.on_hold_since ? "held" : ""}`,
  );

  return {
    canTalk,
    ending,
    transferring,
    toggleHold,
    transfer,
    closeTransfer: () => setTransferring(false),
    end,
  };
}
