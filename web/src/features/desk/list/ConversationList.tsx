/** The agent's own conversations, with counts of those that wait. */
import { Inbox } from "lucide-react";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { useConversations } from "@/live/selectors";
import { useLive } from "@/live/store";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { StartShift } from "../start/StartShift";
import { ConversationRow } from "./ConversationRow";
import styles from "./list.module.css";
import { rowState } from "./rowState";

export function ConversationList({ selected }: { selected: string | undefined }) {
  const t = useT();
  const now = useServerNow();
  const cards = useConversations();
  const presence = useLive((state) => state.me?.presence);
  const words = cards.map((card) => rowState(card, now).word);
  const waiting = words.filter((word) => word === "waiting").length;
  const late = words.filter((word) => word === "late").length;

  return (
    <section className={styles.pane} aria-labelledby="conversations">
      <header className={styles.head}>
        <h1 id="conversations" className={styles.title}>
          {t("desk.mine")} <span className={styles.count}>{cards.length}</span>
        </h1>
        {waiting > 0 ? <StateChip state="wait">{t("desk.count_waiting", { count: waiting })}</StateChip> : null}
        {late > 0 ? <StateChip state="late">{t("desk.count_late", { count: late })}</StateChip> : null}
      </header>
      {cards.length > 0 ? (
        <ul className={styles.rows}>
          {cards.map((card) => (
            <ConversationRow key={card.id} card={card} now_ms={now} selected={card.id === selected} />
          ))}
        </ul>
      ) : presence === "available" ? (
        <EmptyState
          icon={<Inbox size={24} aria-hidden="true" />}
          title={t("desk.nothing_yet")}
          text={t("desk.nothing_yet_text")}
        />
      ) : (
        <StartShift />
      )}
    </section>
  );
}
