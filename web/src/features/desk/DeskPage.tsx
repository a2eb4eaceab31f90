/** The desk: list, conversation, customer. One pane at a time on a phone. */
import { Inbox } from "lucide-react";
import { useEffect, useState } from "react";
import { useCommands } from "@/app/commands";
import { navigate } from "@/app/router";
import { useT } from "@/i18n/t";
import { ownCall } from "@/live/calls";
import { myConversations, useCard, useConversations, useIsMine } from "@/live/selectors";
import { liveState } from "@/live/store";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { Conversation } from "./Conversation";
import { sweepDrafts } from "./composer/drafts";
import { CustomerPanel } from "./customer/CustomerPanel";
import styles from "./desk.module.css";
import { ConversationList } from "./list/ConversationList";
import { Checklist } from "./start/Checklist";

const WIDE = "(min-width: 901px)";

function step(from: string | undefined, by: 1 | -1): void {
  const ids = myConversations().map((card) => card.id);
  if (ids.length === 0) return;
  const at = from ? ids.indexOf(from) : -1;
  const next = at < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + by));
  navigate(`/desk/${ids[next]}`);
}

export default function DeskPage({ params }: { params: { id?: string } }) {
  const t = useT();
  const { id } = params;
  const card = useCard(id);
  const conversations = useConversations();
  const [context, setContext] = useState(false);
  const only = conversations.length === 1 ? conversations[0]?.id : undefined;

  useEffect(() => sweepDrafts(), []);
  // On a wide screen the one conversation there is needs no choosing.
  useEffect(() => {
    if (!id && only && matchMedia(WIDE).matches) navigate(`/desk/${only}`, { replace: true });
  }, [id, only]);
  // What is no longer mine (wrapped up, transferred) makes way for the next one.
  const mine = useIsMine(id);
  const [held, setHeld] = useState<string | null>(null);
  useEffect(() => {
    if (mine && id) setHeld(id);
    else if (id && held === id) {
      setHeld(null);
      const next = myConversations().find((each) => each.id !== id);
      navigate(next && matchMedia(WIDE).matches ? `/desk/${next.id}` : "/desk", { replace: true });
    }
  }, [mine, id, held]);
  useCommands(
    [
      { id: "desk:next", title: "desk.next", group: "conversation", keys: "j", run: () => step(id, 1) },
      {
        id: "desk:previous",
        title: "desk.previous",
        group: "conversation",
        keys: "k",
        // In a call this key belongs to the keypad.
        when: () => ownCall(liveState()) === undefined,
        run: () => step(id, -1),
      },
      {
        id: "desk:context",
        title: "desk.show_context",
        group: "view",
        keys: "i",
        when: () => id !== undefined,
        run: () => setContext((shown) => !shown),
      },
    ],
    "desk",
  );

  return (
    <div className={classes(styles.desk, id && styles.chosen, context && styles.context)}>
      <div className={styles.list}>
        <ConversationList selected={id} />
        <Checklist />
      </div>
      <div className={styles.middle}>
        {id ? (
          <Conversation key={id} id={id} onContext={() => setContext(!context)} />
        ) : (
          <EmptyState
            icon={<Inbox size={28} aria-hidden="true" />}
            title={t("desk.choose")}
            text={t("desk.choose_text")}
          />
        )}
      </div>
      {card ? (
        <div className={styles.side}>
          <CustomerPanel key={card.customer.id} card={card} onClose={() => setContext(false)} />
        </div>
      ) : null}
    </div>
  );
}
