/** The contacts that a figure counts, newest first. */
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { type Queue, useItems } from "@/api/settings";
import { navigate } from "@/app/router";
import { formatClock, formatDateTime } from "@/i18n/format";
import { nameOfChannel, nameOfEnding, nameOfIntent, nameOfStatus } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { Table, type TableColumn } from "@/ui/Table";
import type { Choice, Definition, Figures } from "./reports";
import styles from "./reports.module.css";
import { rowName } from "./values";

interface ReportedContact {
  id: string;
  opened_at: string;
  status: string;
  channel: string;
  intent: string | null;
  queue_id: string | null;
  disconnect_reason: string | null;
  wait_s: number | null;
  handle_s: number | null;
  csat: number | null;
  transfers: number;
}

interface Page {
  items: readonly ReportedContact[];
  next: number | null;
}

function useContacts({ metric, from, to, group, key, all }: Choice) {
  const [page, setPage] = useState<Page | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const load = async (offset: number) => {
    const row = all ? {} : key === null ? { without: true } : { key };
    try {
      const found = await api.get<Page>("/reports/contacts", {
        metric,
        from,
        to,
        group,
        offset,
        limit: 50,
        ...row,
      });
      setPage((before) =>
        offset === 0 || !before ? found : { items: [...before.items, ...found.items], next: found.next },
      );
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(failure);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the panel is keyed by the choice.
  useEffect(() => void load(0), []);
  return { page, error, load };
}

export interface DrillDownProps {
  choice: Choice;
  definition: Definition;
  row: Figures | undefined;
  onClose: () => void;
}

export function DrillDown({ choice, definition, row, onClose }: DrillDownProps) {
  const t = useT();
  const { page, error, load } = useContacts(choice);
  const queues = useItems<Queue>("/queues", 300_000).data?.items ?? [];
  const seconds = (value: number | null) => (value === null ? "–" : formatClock(value));
  const name = choice.all
    ? t("reports.total")
    : rowName(choice.group, row ?? { key: choice.key ?? null, name: null });
  const columns: readonly TableColumn<ReportedContact>[] = [
    { id: "opened", label: t("reports.column.opened"), cell: (one) => formatDateTime(one.opened_at) },
    { id: "reason", label: t("reports.column.reason"), cell: (one) => nameOfIntent(one.intent) },
    {
      id: "queue",
      label: t("reports.column.queue"),
      cell: (one) => localText(queues.find((queue) => queue.id === one.queue_id)?.name, one.queue_id ?? "–"),
    },
    { id: "channel", label: t("reports.column.channel"), cell: (one) => nameOfChannel(one.channel) },
    {
      id: "end",
      label: t("reports.column.end"),
      cell: (one) => (one.disconnect_reason ? nameOfEnding(one.disconnect_reason) : nameOfStatus(one.status)),
    },
    { id: "wait", label: t("reports.column.wait"), align: "end", cell: (one) => seconds(one.wait_s) },
    { id: "handle", label: t("reports.column.handle"), align: "end", cell: (one) => seconds(one.handle_s) },
    { id: "csat", label: t("reports.column.csat"), align: "end", cell: (one) => one.csat ?? "–" },
    { id: "transfers", label: t("reports.column.transfers"), align: "end", cell: (one) => one.transfers || "–" },
  ];
  return (
    <Panel
      title={t("reports.behind", { metric: localText(definition.name, definition.id), row: name })}
      actions={<IconButton label={t("ui.close")} icon={<X size={16} aria-hidden="true" />} onPress={onClose} />}
    >
      {error ? (
        <p role="alert">
          {error.message} {error.fix}
        </p>
      ) : (
        <div className={styles.behind}>
          <Table
            label={name}
            columns={columns}
            rows={page?.items ?? []}
            rowId={(one) => one.id}
            onOpen={(one) => navigate(`/desk/${one.id}`)}
            empty={t(page ? "reports.behind_empty" : "ui.loading")}
          />
        </div>
      )}
      {page?.next ? <Button onPress={() => void load(page.next ?? 0)}>{t("ui.more")}</Button> : null}
    </Panel>
  );
}
