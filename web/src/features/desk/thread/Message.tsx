/** Words of the customer, the bot or an agent; and one's own on their way. */
import { Bot, RotateCw, Trash2 } from "lucide-react";
import { refusalWords } from "@/api/client";
import { formatTime } from "@/i18n/format";
import type { Locale } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { dropOutgoing, sendCommand } from "@/live/commands";
import type { MessageSent } from "@/live/events";
import type { Outgoing } from "@/live/outbox";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { wordsOf } from "../names";
import { Attachments } from "./Attachments";
import styles from "./thread.module.css";

export interface MessageProps {
  message: MessageSent;
  at: string;
  /** Same author as just before: no heading. */
  follows: boolean;
  locale: Locale;
  customer: string;
  seen: boolean;
}

export function Message({ message, at, follows, locale, customer, seen }: MessageProps) {
  const t = useT();
  const side = message.author === "agent" ? styles.mine : message.author === "bot" ? styles.bot : styles.theirs;
  const author =
    message.author === "agent"
      ? (message.agent_name ?? t("thread.agent"))
      : message.author === "bot"
        ? t("thread.bot")
        : customer;
  return (
    <article className={classes(styles.message, side, follows && styles.follows)}>
      {follows ? null : (
        <header className={styles.by}>
          {message.author === "bot" ? <Bot size={12} aria-hidden="true" /> : null}
          {author} <time dateTime={at}>{formatTime(at)}</time>
        </header>
      )}
      <div className={styles.bubble} lang={message.locale ?? locale}>
        {message.text ? <p className={styles.text}>{wordsOf(message, t)}</p> : null}
        <Attachments files={message.attachments ?? []} />
        {message.quick_replies?.length ? (
          <ul className={styles.choices} aria-label={t("thread.choices")}>
            {message.quick_replies.map((reply) => (
              <li key={reply.value}>{reply.label}</li>
            ))}
          </ul>
        ) : null}
      </div>
      {seen ? <p className={styles.seen}>{t("thread.seen")}</p> : null}
    </article>
  );
}

/** Sent, not yet committed; or refused, with what to do about it. */
export function PendingWords({ words }: { words: Outgoing }) {
  const t = useT();
  if (words.frame.t !== "cmd") return null;
  const { c } = words.frame;
  if (c.kind !== "agent_message" && c.kind !== "add_note") return null;
  const refusal = words.refusal ? refusalWords(words.refusal) : null;
  const again = () => {
    dropOutgoing(words.cid);
    sendCommand(words.contact, c, words.attachments);
  };
  return (
    <article className={classes(styles.message, c.kind === "add_note" ? styles.noteRow : styles.mine)}>
      <div className={classes(c.kind === "add_note" ? styles.note : styles.bubble, styles.pending)}>
        <p className={styles.text}>{c.text}</p>
        <Attachments files={words.attachments ?? []} />
      </div>
      {refusal ? (
        <div className={styles.refused} role="alert">
          <span>
            {refusal.text} {refusal.fix}
          </span>
          <Button tone="quiet" icon={<RotateCw size={13} aria-hidden="true" />} onPress={again}>
            {t("ui.retry")}
          </Button>
          <Button
            tone="quiet"
            icon={<Trash2 size={13} aria-hidden="true" />}
            onPress={() => dropOutgoing(words.cid)}
          >
            {t("ui.delete")}
          </Button>
        </div>
      ) : (
        <p className={styles.seen}>{t(words.acked ? "thread.sent" : "thread.sending")}</p>
      )}
    </article>
  );
}
