/** Planned against actual: who is where the schedule says now, and how a day went. */
import { useEffect, useState } from "react";
import { useResource } from "@/api/resource";
import { formatNumber, formatPercent, formatTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import { TextField } from "@/ui/TextField";
import type { AgentDay, Standing } from "./staffing";
import styles from "./staffing.module.css";

const EVERY_MS = 10_000;
const STATES = {
  in: "ok",
  early: "note",
  late: "wait",
  absent: "late",
  left: "late",
  resting: "wait",
  working: "note",
  off: "off",
} as const;
const WORST = ["absent", "left", "late", "resting", "working", "early", "in", "off"];

export function AdherencePanel({ today }: { today: string }) {
  const t = useT();
  const [day, setDay] = useState(today);
  const live = useResource<{ items: readonly Standing[] }>("/staffing/adherence", EVERY_MS);
  const past = useResource<{ items: readonly AgentDay[] }>(`/staffing/adherence/day?day=${day}`, EVERY_MS);
  const { reload } = live;
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  const now: readonly TableColumn<Standing>[] = [
    { id: "name", label: t("staffing.agent"), cell: (row) => row.name, sort: (row) => row.name },
    {
      id: "state",
      label: t("staffing.adherence"),
      cell: (row) => <StateChip state={STATES[row.state]}>{t(`staffing.state.${row.state}`)}</StateChip>,
      sort: (row) => WORST.indexOf(row.state),
    },
    {
      id: "minutes",
      label: t("staffing.minutes"),
      align: "end",
      cell: (row) => formatNumber(row.minutes),
      sort: (row) => row.minutes,
    },
    {
      id: "planned",
      label: t("staffing.planned_now"),
      cell: (row) => t(`staffing.doing.${row.planned_kind ?? row.planned}`),
    },
    { id: "until", label: t("staffing.until"), cell: (row) => (row.until_at ? formatTime(row.until_at) : "–") },
  ];
  const minutes = (value: number) => formatNumber(value);
  const days: readonly TableColumn<AgentDay>[] = [
    { id: "name", label: t("staffing.agent"), cell: (row) => row.name, sort: (row) => row.name },
    {
      id: "share",
      label: t("staffing.adherence"),
      align: "end",
      cell: (row) => (row.share === null ? "–" : formatPercent(row.share)),
      sort: (row) => row.share ?? -1,
    },
    { id: "planned", label: t("staffing.planned_min"), align: "end", cell: (row) => minutes(row.planned_min) },
    { id: "kept", label: t("staffing.kept_min"), align: "end", cell: (row) => minutes(row.in_adherence_min) },
    { id: "worked", label: t("staffing.worked_min"), align: "end", cell: (row) => minutes(row.worked_min) },
    { id: "late", label: t("staffing.late_min"), align: "end", cell: (row) => minutes(row.late_min) },
  ];
  return (
    <div className={styles.stack}>
      <h2 className={styles.subhead}>{t("staffing.live")}</h2>
      <Table
        label={t("staffing.live")}
        columns={now}
        rows={live.data?.items ?? []}
        rowId={(row) => row.agent_id}
        initialSort={{ column: "state", direction: "ascending" }}
        empty={<EmptyState title={t("staffing.nobody_planned")} text={t("staffing.nobody_planned_text")} />}
      />
      <div className={styles.dayHead}>
        <h2 className={styles.subhead}>{t("staffing.history")}</h2>
        <TextField
          label={t("staffing.day")}
          labelHidden
          type="date"
          value={day}
          max={today}
          onChange={(value) => value && setDay(value)}
        />
      </div>
      <Table
        label={t("staffing.history")}
        columns={days}
        rows={past.data?.items ?? []}
        rowId={(row) => row.agent_id}
        empty={<EmptyState title={t("staffing.nobody_planned")} />}
      />
    </div>
  );
}
