/** Every promised call that is still open: due, promised half hour, attempts, where it stands. */
import { useEffect, useMemo, useState } from "react";
import { useResource } from "@/api/resource";
import { type Queue, useItems } from "@/api/settings";
import { navigate } from "@/app/router";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Card } from "@/live/protocol";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { Table } from "@/ui/Table";
import CancelDialog from "./CancelDialog";
import { type Filter, fitting, lateBy, type PromisedCall, STAGES, type Stage } from "./callbacks";
import styles from "./callbacks.module.css";
import { columnsOf } from "./columns";
import MoveDialog from "./MoveDialog";

const EVERY_MS = 5000;
const ALL = "-";

export default function CallbacksPage() {
  const t = useT();
  const now = useServerNow();
  const { data, error, reload } = useResource<{ items: readonly PromisedCall[] }>("/callbacks", 0);
  const queues = useLive((state) => state.queues);
  const rules = useItems<Queue>("/queues", 60_000);
  const [filter, setFilter] = useState<Filter>({ queue: null, stage: null });
  const [asked, setAsked] = useState<{ card: Card; what: "move" | "cancel" } | null>(null);
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);

  const calls = data?.items ?? [];
  const rows = fitting(calls, filter);
  const late = calls.filter(({ card }) => card.callback && lateBy(card.callback, now) > 0).length;
  const columns = useMemo(
    () => columnsOf(t, rules.data?.items, (card, what) => setAsked({ card, what })),
    [t, rules.data],
  );
  const close = () => setAsked(null);
  return (
    <Page title={t("shell.callbacks")}>
      <div className={styles.page}>
        <p className={styles.lead}>{t("callbacks.lead")}</p>
        <div className={styles.filter}>
          <Select
            label={t("callbacks.filter_queue")}
            items={[
              { id: ALL, label: t("callbacks.all") },
              ...queues.map(({ id, name }) => ({ id, label: localText(name, id) })),
            ]}
            value={filter.queue ?? ALL}
            onChange={(id) => setFilter({ ...filter, queue: id === ALL ? null : id })}
          />
          <Select
            label={t("callbacks.filter_state")}
            items={[
              { id: ALL, label: t("callbacks.all") },
              ...STAGES.map((id) => ({ id, label: t(`callbacks.state.${id}`) })),
            ]}
            value={filter.stage ?? ALL}
            onChange={(id) => setFilter({ ...filter, stage: id === ALL ? null : (id as Stage) })}
          />
          <span className={styles.counts} role="status">
            <StateChip state="off">{t("callbacks.open_count", { count: calls.length })}</StateChip>
            {late > 0 ? <StateChip state="late">{t("callbacks.overdue_count", { count: late })}</StateChip> : null}
          </span>
        </div>
        {error && !data ? (
          <EmptyState
            title={t("callbacks.failed")}
            text={`${error.message} ${error.fix}`}
            action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
          />
        ) : (
          <Table
            label={t("callbacks.list")}
            columns={columns}
            rows={rows}
            rowId={({ card }) => card.id}
            empty={t(calls.length > 0 ? "callbacks.none_fit" : "callbacks.empty")}
            onOpen={({ card }) => navigate(`/desk/${card.id}`)}
          />
        )}
      </div>
      {asked?.what === "move" ? <MoveDialog card={asked.card} onClose={close} /> : null}
      {asked?.what === "cancel" ? <CancelDialog card={asked.card} onClose={close} /> : null}
    </Page>
  );
}
