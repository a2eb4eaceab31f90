/** One message: who left it, when and why; what was said; and what can be done about it. */
import { Check, Undo2 } from "lucide-react";
import { useId } from "react";
import { type LeftMessage, refreshMessages, settleMessage } from "@/api/messages";
import { useSending } from "@/api/sending";
import { CallNow, CallPart, RecordingPart } from "@/app/calls";
import { Link } from "@/app/Link";
import { formatAgo, formatClock, formatDateTime, languageName } from "@/i18n/format";
import { nameOfCustomer, nameOfIntent } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { queueName } from "@/live/selectors";
import { Button } from "@/ui/Button";
import { type State, StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import styles from "./messages.module.css";
import { type Standing, standingOf } from "./standing";

const STATES: Readonly<Record<Standing, State>> = {
  unheard: "wait",
  heard: "live",
  done: "ok",
  promised: "off",
  taken: "off",
};

export function MessageItem({ message }: { message: LeftMessage }) {
  const t = useT();
  const id = useId();
  const now = useServerNow();
  const sending = useSending();
  const { customer, number, heard, done } = message;
  const standing = standingOf(message);
  const name = nameOfCustomer(customer);
  const settle = (as: boolean) =>
    sending.send(async () => {
      await settleMessage(message.id, as);
      if (as) {
        showToast({
          tone: "good",
          text: t("messages.settled", { name }),
          action: { label: t("messages.reopen"), run: () => void settle(false) },
        });
      }
    });
  const facts = [
    formatDateTime(message.left_at),
    message.seconds === null ? null : formatClock(message.seconds),
    languageName(message.locale),
    message.queue_id ? localText(queueName(message.queue_id), message.queue_id) : t("messages.no_queue"),
    message.intent ? nameOfIntent(message.intent) : null,
  ];
  return (
    <li className={styles.item}>
      <article aria-labelledby={id} className={styles.message}>
        <header className={styles.head}>
          <h2 id={id}>
            <Link to={`/customers/${customer.id}`}>{name}</Link>
          </h2>
          {number ? <span className={styles.number}>{number}</span> : null}
          <StateChip state={STATES[standing]}>{t(`messages.state.${standing}`)}</StateChip>
        </header>
        <p className={styles.facts}>{facts.filter(Boolean).join(" · ")}</p>
        {message.transcript ? (
          <q className={styles.words} lang={message.locale}>
            {message.transcript}
          </q>
        ) : null}
        {heard ? (
          <p className={styles.deed}>
            {t("messages.heard_by", { name: heard.name, ago: formatAgo(heard.at, now) })}
          </p>
        ) : null}
        {done ? (
          <p className={styles.deed}>{t("messages.done_by", { name: done.name, at: formatDateTime(done.at) })}</p>
        ) : null}
        {sending.problem ? <p role="alert">{sending.problem}</p> : null}
        <div className={styles.actions}>
          <CallPart>
            <RecordingPart
              recording={{ ...message, what: "voicemail", started_at: message.left_at }}
              onOpened={refreshMessages}
            />
            {number ? <CallNow wish={{ to: number, customer_id: customer.id }} name={name} /> : null}
          </CallPart>
          <Link
            to={`/desk/${message.contact_id}`}
            className={styles.link}
            aria-label={t("messages.contact_of", { name })}
          >
            {t("messages.contact")}
          </Link>
          {message.stage === "open" ? (
            <Button
              icon={<Check size={14} aria-hidden="true" />}
              isPending={sending.busy}
              aria-label={t("messages.done_of", { name })}
              onPress={() => void settle(true)}
            >
              {t("messages.done")}
            </Button>
          ) : (
            <Button
              icon={<Undo2 size={14} aria-hidden="true" />}
              isPending={sending.busy}
              aria-label={t("messages.reopen_of", { name })}
              onPress={() => void settle(false)}
            >
              {t("messages.reopen")}
            </Button>
          )}
        </div>
      </article>
    </li>
  );
}
