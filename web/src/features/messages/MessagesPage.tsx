/** Every message left by telephone: those that wait first, the oldest at the top. */
import { useEffect, useRef, useState } from "react";
import {
  COUNT_PATH,
  type MessageCounts,
  type MessagePage,
  pathOf,
  refreshMessages,
  SHOWN,
  type Shown,
} from "@/api/messages";
import { useResource } from "@/api/resource";
import { formatNumber } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { focusIsLost, useTakesLostFocus } from "@/ui/lostFocus";
import { Page } from "@/ui/Page";
import { Segments } from "@/ui/Segments";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { MessageItem } from "./MessageItem";
import styles from "./messages.module.css";

const ALL = "-";
const COUNTED_AT_MOST = 100;

function shownCount(count: number): string {
  return count < COUNTED_AT_MOST ? formatNumber(count) : `${formatNumber(COUNTED_AT_MOST - 1)}+`;
}

interface PartProps {
  path: string;
  last: boolean;
  first: boolean;
  empty: string;
  onMore: (cursor: string) => void;
  /** Messages came or went. */
  onChanged: () => void;
}

/** One page of the list; each asks again by itself when there is news. */
function Part({ path, first, last, empty, onMore, onChanged }: PartProps) {
  const t = useT();
  const { data, error, reload } = useResource<MessagePage>(path, 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks at what is shown whenever that has changed.
  useEffect(onChanged, [data]);
  if (error && !data) {
    return (
      <li>
        <EmptyState
          title={t("messages.failed")}
          text={`${error.message} ${error.fix}`}
          action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
        />
      </li>
    );
  }
  if (!data) {
    return (
      <li aria-busy="true" className={styles.deed}>
        {t("ui.loading")}
      </li>
    );
  }
  if (first && data.items.length === 0) return <li className={styles.empty}>{empty}</li>;
  const next = data.next;
  return (
    <>
      {data.items.map((message) => (
        <MessageItem key={message.id} message={message} />
      ))}
      {last && next !== null ? (
        <li className={styles.more}>
          <Button onPress={() => onMore(next)}>{t("messages.more")}</Button>
        </li>
      ) : null}
    </>
  );
}

export default function MessagesPage() {
  const t = useT();
  const queues = useLive((state) => state.queues);
  const [shown, setShown] = useState<Shown>("open");
  const [queue, setQueue] = useState<string | null>(null);
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const { data: counts } = useResource<MessageCounts>(COUNT_PATH, 5000);
  const list = useRef<HTMLUListElement>(null);
  useTakesLostFocus(list);
  const keepFocus = () => {
    if (list.current && focusIsLost(list.current)) list.current.focus({ preventScroll: true });
  };
  const show = (wanted: Shown, of: string | null) => {
    setShown(wanted);
    setQueue(of);
    setCursors([]);
    refreshMessages();
  };
  const places = [null, ...cursors];
  return (
    <Page title={t("shell.messages")}>
      <div className={styles.page}>
        <p className={styles.lead}>{t("messages.lead")}</p>
        <div className={styles.filter}>
          <Segments<Shown>
            label={t("messages.filter_state")}
            items={SHOWN.map((id) => ({ id, label: t(`messages.shown.${id}`) }))}
            chosen={shown}
            onChoose={(id) => show(id, queue)}
          />
          <Select
            label={t("messages.filter_queue")}
            items={[
              { id: ALL, label: t("messages.all_queues") },
              ...queues.map(({ id, name }) => ({ id, label: localText(name, id) })),
            ]}
            value={queue ?? ALL}
            onChange={(id) => show(shown, id === ALL ? null : id)}
          />
          <span className={styles.counts} role="status">
            {counts ? (
              <>
                <StateChip state="off">{t("messages.open_count", { count: shownCount(counts.open) })}</StateChip>
                {counts.unheard > 0 ? (
                  <StateChip state="wait">
                    {t("messages.unheard_count", { count: shownCount(counts.unheard) })}
                  </StateChip>
                ) : null}
              </>
            ) : null}
          </span>
        </div>
        <ul ref={list} tabIndex={-1} className={styles.list} aria-label={t("messages.list")}>
          {places.map((cursor, index) => (
            <Part
              key={`${shown} ${queue} ${cursor}`}
              path={pathOf(shown, queue, cursor)}
              first={index === 0}
              last={index === places.length - 1}
              empty={t(`messages.empty.${shown}`)}
              onChanged={keepFocus}
              onMore={(next) => setCursors([...cursors, next])}
            />
          ))}
        </ul>
      </div>
    </Page>
  );
}
