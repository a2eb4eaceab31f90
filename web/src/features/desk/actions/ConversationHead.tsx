/** Who this is, how it stands, and what can be done with it. */
import { ArrowLeft, ArrowRightLeft, CircleStop, PanelRight, Pause, Play } from "lucide-react";
import { showKeys } from "@/app/commands";
import { navigate } from "@/app/router";
import { formatClock } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Card } from "@/live/protocol";
import { queueName } from "@/live/selectors";
import { Button, IconButton } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { ChannelIcon } from "../ChannelIcon";
import { rowState } from "../list/rowState";
import { customerName, intentName } from "../names";
import styles from "./actions.module.css";
import type { ConversationActions } from "./useConversationActions";

export interface ConversationHeadProps {
  card: Card;
  actions: ConversationActions;
  onContext: () => void;
}

export function ConversationHead({ card, actions, onContext }: ConversationHeadProps) {
  const t = useT();
  const now = useServerNow();
  const { state, word, clock_s } = rowState(card, now);
  return (
    <header className={styles.head}>
      <span className={styles.narrow}>
        <IconButton
          label={t("desk.to_list")}
          icon={<ArrowLeft size={16} aria-hidden="true" />}
          onPress={() => navigate("/desk")}
        />
      </span>
      <div className={styles.who}>
        <h1 className={styles.name} lang={card.locale}>
          {customerName(card)}
        </h1>
        <p className={styles.about}>
          <ChannelIcon channel={card.channel} size={13} />
          <span>{intentName(card.intent, t)}</span>
          <span aria-hidden="true">·</span>
          <span>{localText(queueName(card.queue_id), card.queue_id ?? t("desk.no_queue"))}</span>
        </p>
      </div>
      <StateChip state={state}>
        {t(`desk.word.${word}`)} {formatClock(clock_s)}
      </StateChip>
      <div className={styles.actions}>
        {actions.canTalk ? (
          <>
            <Button
              icon={
                card.on_hold_since ? <Play size={14} aria-hidden="true" /> : <Pause size={14} aria-hidden="true" />
              }
              onPress={actions.toggleHold}
            >
              <span className={styles.wide}>{t(card.on_hold_since ? "desk.resume" : "desk.hold")}</span>
            </Button>
            <Button icon={<ArrowRightLeft size={14} aria-hidden="true" />} onPress={actions.transfer}>
              <span className={styles.wide}>{t("desk.transfer")}</span>
            </Button>
            <Button icon={<CircleStop size={14} aria-hidden="true" />} keys={showKeys("e")} onPress={actions.end}>
              <span className={styles.wide}>{t("desk.end")}</span>
            </Button>
          </>
        ) : null}
        <span className={styles.contextButton}>
          <IconButton
            label={t("desk.show_context")}
            keys="I"
            icon={<PanelRight size={16} aria-hidden="true" />}
            onPress={onContext}
          />
        </span>
      </div>
    </header>
  );
}
