/** The conversation: trail on top, everything said below, always at the newest unless one reads back. */
import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { formatDay } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { markSeen } from "@/live/commands";
import type { Card } from "@/live/protocol";
import { useOutgoing, useThread } from "@/live/selectors";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { customerName } from "../names";
import { EventLine } from "./EventLine";
import { Message, PendingWords } from "./Message";
import { Note } from "./Note";
import { itemsOf, trailOf } from "./story";
import { TrailCard } from "./TrailCard";
import { TypingLine } from "./TypingLine";
import styles from "./thread.module.css";

const NEAR_END_PX = 80;

export function Thread({ card, mine }: { card: Card; mine: boolean }) {
  const t = useT();
  const thread = useThread(card.id);
  const outgoing = useOutgoing(card.id);
  const read = useLive((state) => state.customer_read[card.id] ?? 0);
  const events = thread?.events;
  const items = useMemo(() => itemsOf(events ?? []), [events]);
  const trail = useMemo(() => trailOf(events ?? []), [events]);
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const lastSeq = thread?.seq ?? 0;
  const lastMine = items.findLast((item) => item.type === "message" && item.message.author === "agent")?.key;

  // biome-ignore lint/correctness/useExhaustiveDependencies: each new thing at the end moves the view.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && atEnd) element.scrollTop = element.scrollHeight;
  }, [items.length, outgoing.length, atEnd]);

  // Whatever grows or shrinks around the thread, its end stays in view while one reads there.
  useEffect(() => {
    const element = scroller.current;
    if (!element || !atEnd) return;
    const watcher = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [atEnd]);

  useEffect(() => {
    if (!mine || !atEnd) return;
    const see = () => document.visibilityState === "visible" && markSeen(card.id, lastSeq);
    see();
    document.addEventListener("visibilitychange", see);
    return () => document.removeEventListener("visibilitychange", see);
  }, [mine, atEnd, card.id, lastSeq]);

  const toEnd = () => {
    setAtEnd(true);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };

  return (
    <div className={styles.frame}>
      <TrailCard trail={trail} locale={card.locale} fresh={lastMine === undefined} />
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label={t("thread.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        onScroll={(event) => {
          const box = event.currentTarget;
          setAtEnd(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX);
        }}
      >
        <div className={styles.column}>
          {items.map((item) => {
            if (item.type === "day") {
              return (
                <p key={item.key} className={styles.day}>
                  {formatDay(item.at)}
                </p>
              );
            }
            if (item.type === "note") return <Note key={item.key} note={item.note} at={item.at} />;
            if (item.type === "line") {
              return <EventLine key={item.key} event={item.event} at={item.at} contact={card.id} />;
            }
            return (
              <Message
                key={item.key}
                message={item.message}
                at={item.at}
                follows={item.follows}
                locale={card.locale}
                customer={customerName(card)}
                seen={item.key === lastMine && read >= item.seq}
              />
            );
          })}
          {outgoing.map((words) => (
            <PendingWords key={words.cid} words={words} />
          ))}
          <TypingLine contact={card.id} />
        </div>
      </div>
      {atEnd ? null : (
        <div className={styles.toEnd}>
          <Button icon={<ArrowDown size={14} aria-hidden="true" />} onPress={toEnd}>
            {t("thread.to_end")}
          </Button>
        </div>
      )}
    </div>
  );
}
