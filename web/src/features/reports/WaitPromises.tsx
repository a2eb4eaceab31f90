/** What waiting customers were told, against what happened: by queue, day or half hour. */
import { useMemo, useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { formatClock, formatDay, formatNumber, formatPercent } from "@/i18n/format";
import { localText, useLocale, useT } from "@/i18n/t";
import { DownloadLink } from "@/ui/DownloadLink";
import { EmptyState } from "@/ui/EmptyState";
import { Segments } from "@/ui/Segments";
import { Table, type TableColumn } from "@/ui/Table";
import styles from "./reports.module.css";
import { WAIT_GROUPS, type WaitFigures, type WaitGroup, type WaitReport, waitRows, writtenBias } from "./waits";

type CountId =
  | "told"
  | "answered"
  | "judged"
  | "early"
  | "late"
  | "gone_late"
  | "overdue"
  | "left_before"
  | "open"
  | "called";

const FRESH_MS = 30_000;

function nameOf(group: WaitGroup, { key, name }: WaitFigures, none: string): string {
  if (key === null) return none;
  if (group === "day") return formatDay(`${key}T00:00:00`);
  return name ? localText(name, key) : key;
}

export function WaitPromises({ from, to }: { from: string; to: string }) {
  const t = useT();
  const locale = useLocale();
  const [group, setGroup] = useState<WaitGroup>("queue");
  const { data } = useResource<WaitReport>(`/reports/waits?from=${from}&to=${to}&group=${group}`, FRESH_MS);
  const columns = useMemo<readonly TableColumn<WaitFigures & { total: boolean }>[]>(() => {
    const share = (value: number | null) => (value === null ? "–" : formatPercent(value));
    const count = (id: CountId) => ({
      id,
      label: t(`reports.wait.${id}`),
      align: "end" as const,
      cell: (row: WaitFigures) => formatNumber(row[id]),
    });
    return [
      {
        id: "name",
        label: t(`reports.wait.row.${group}`),
        cell: (row) => (
          <strong className={styles.rowName}>
            {row.total ? t("reports.total") : nameOf(group, row, t("reports.none"))}
          </strong>
        ),
      },
      count("told"),
      count("answered"),
      count("judged"),
      { id: "kept", label: t("reports.wait.kept"), align: "end", cell: (row) => share(row.kept) },
      { id: "within", label: t("reports.wait.within"), align: "end", cell: (row) => share(row.within) },
      count("early"),
      count("late"),
      count("gone_late"),
      count("overdue"),
      count("left_before"),
      count("open"),
      count("called"),
      {
        id: "error",
        label: t("reports.wait.error"),
        align: "end",
        cell: (row) => (row.error_s === null ? "–" : formatClock(row.error_s)),
      },
      {
        id: "bias",
        label: t("reports.wait.bias"),
        align: "end",
        cell: (row) => writtenBias(row.bias_s, formatClock),
      },
    ];
  }, [t, group]);
  return (
    <section className={styles.section} aria-labelledby="reports-waits">
      <h2 id="reports-waits">{t("reports.wait.title")}</h2>
      <p className={styles.quiet}>{t("reports.wait.text")}</p>
      <span className={styles.dates}>
        <Segments
          label={t("reports.group")}
          items={WAIT_GROUPS.map((id) => ({ id, label: t(`reports.wait.group.${id}`) }))}
          chosen={group}
          onChoose={setGroup}
        />
        <DownloadLink href={api.url("/reports/waits.csv", { from, to, group, locale })}>
          {t("reports.csv")}
        </DownloadLink>
      </span>
      {data ? (
        <Table
          key={group}
          label={t("reports.wait.title")}
          columns={columns}
          rows={waitRows(data)}
          rowId={({ key, total }) => (total ? "total" : `row ${key}`)}
          empty={<EmptyState title={t("reports.wait.empty")} text={t("reports.wait.empty_text")} />}
        />
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </section>
  );
}
