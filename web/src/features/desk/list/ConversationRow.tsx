/** One conversation in two lines: who and since when; what was said last and how it stands. */
import { Link } from "@/app/Link";
import { formatClock } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { Card } from "@/live/protocol";
import { useUnread } from "@/live/selectors";
import { useLive } from "@/live/store";
import { classes } from "@/ui/classes";
import { Badge, StateChip } from "@/ui/StateChip";
import { ChannelIcon } from "../ChannelIcon";
import { useHasDraft } from "../composer/drafts";
import { customerName, intentName } from "../names";
import styles from "./list.module.css";
import { rowState } from "./rowState";

export function ConversationRow({ card, now_ms, selected }: { card: Card; now_ms: number; selected: boolean }) {
  const t = useT();
  const unread = useUnread(card.id);
  const draft = useHasDraft(card.id);
  const typing = useLive((state) => state.typing[card.id] ?? 0) > Date.now();
  const { state, word, clock_s } = rowState(card, now_ms);
  const last = typing
    ? t("thread.customer_typing")
    : draft && !selected
      ? t("desk.draft")
      : card.last_author === "agent"
        ? t("desk.me_said", { text: card.last_text ?? "" })
        : (card.last_text ?? intentName(card.intent, t));
  return (
    <li>
      <Link
        to={`/desk/${card.id}`}
        className={classes(styles.row, unread > 0 && styles.unread)}
        aria-current={selected ? "true" : undefined}
      >
        <span className={styles.icon}>
          <ChannelIcon channel={card.channel} />
        </span>
        <span className={styles.name} lang={card.locale}>
          {customerName(card)}
        </span>
        <span className={styles.clock}>
          <Badge count={unread} label={t("shell.unread", { count: unread })} />
          <span aria-hidden="true">{formatClock(clock_s)}</span>
        </span>
        <span className={styles.last} lang={typing || draft ? undefined : card.locale}>
          {last}
        </span>
        <span className={styles.state}>
          <StateChip state={state}>{t(`desk.word.${word}`)}</StateChip>
        </span>
      </Link>
    </li>
  );
}
