/** What the twin found: the verdict in words, the day's figures, and its half hours as chart and table. */
import { useState } from "react";
import { formatNumber, formatPercent } from "@/i18n/format";
import type { Key } from "@/i18n/keys";
import { localText, lookup, type T, useT } from "@/i18n/t";
import { Segments } from "@/ui/Segments";
import { type Choice, Select } from "@/ui/Select";
import { Table, type TableColumn } from "@/ui/Table";
import { lineName, metricName, showBetween, showChange, showRange, showValue } from "./values";
import { WhatIfChart } from "./WhatIfChart";
import {
  type Answer,
  type Checked,
  type Compared,
  type LineId,
  linesOf,
  METRICS,
  type Metric,
  momentsOf,
} from "./whatif";
import styles from "./whatif.module.css";

const CHARTED: readonly Metric[] = ["service_level", "wait_p90_s", "occupancy", "abandonment", "not_helped"];

function sentence(answer: Answer, t: T): string {
  const { word, figures } = answer.verdict;
  if (answer.kind === "staff") {
    return t(`whatif.verdict.${word}` as Key, {
      hours: formatNumber(answer.hours, 1),
      erlang: formatNumber(answer.erlang_hours, 1),
      there: formatNumber(answer.there_hours, 1),
    });
  }
  if (answer.kind === "replay") {
    return t(`whatif.verdict.${word}` as Key, { inside: figures.inside ?? 0, of: figures.of ?? 0 });
  }
  const facts = (["service_level", "wait_p90_s", "abandonment", "not_helped"] as const).map((metric) => {
    const [before, after] = [figures[`${metric}_before`], figures[`${metric}_after`]];
    return `${metricName(metric)} ${showValue(metric, before)} → ${showValue(metric, after)}`;
  });
  return `${t(`whatif.verdict.${word}` as Key)} ${facts.join(", ")}`;
}

function queueName(answer: Answer, id: string): string {
  const part = answer.kind === "staff" ? undefined : answer.parts.find(({ queue_id }) => queue_id === id);
  return part ? localText(part.name, id) : id;
}

function notes(answer: Answer, t: T): string[] {
  const told: string[] = [];
  if (!answer.complete) told.push(t("whatif.incomplete", { runs: answer.runs }));
  if (answer.presence_source !== "presence") told.push(t(`whatif.presence.${answer.presence_source}` as Key));
  if (answer.kind === "staff" && answer.breaks > 0)
    told.push(t("whatif.breaks", { share: formatPercent(answer.breaks) }));
  const assumed = Object.entries(answer.patience_assumed ?? {});
  if (assumed.length > 0) {
    const each = assumed.map(
      ([id, mean]) => `${queueName(answer, id)} ${showValue("wait_p50_s", Math.round(mean))}`,
    );
    told.push(t("whatif.patience_assumed", { patience: each.join(", ") }));
  }
  if (answer.left_out.length > 0) {
    const names = answer.left_out.map((name) => lookup(`whatif.setting.${name}`) ?? name);
    told.push(t("whatif.left_out", { names: names.join(", ") }));
  }
  return told;
}

function totalColumns(
  answer: Answer,
  t: T,
): TableColumn<{ metric: Metric; checked?: Checked; compared?: Compared }>[] {
  const first = {
    id: "metric",
    label: t("whatif.metric"),
    cell: ({ metric }: { metric: Metric }) => metricName(metric),
  };
  if (answer.kind === "replay") {
    return [
      first,
      {
        id: "real",
        label: lineName("real"),
        align: "end",
        cell: (one) => showValue(one.metric, one.checked?.real),
      },
      {
        id: "twin",
        label: lineName("twin"),
        align: "end",
        cell: (one) => showValue(one.metric, one.checked?.twin?.mean),
      },
      {
        id: "mean",
        label: t("whatif.confidence"),
        align: "end",
        cell: (one) => showRange(one.metric, one.checked?.twin ?? null),
      },
      {
        id: "day",
        label: t("whatif.one_day"),
        align: "end",
        cell: (one) => showBetween(one.metric, one.checked?.day_low ?? null, one.checked?.day_high ?? null),
      },
      {
        id: "difference",
        label: t("whatif.difference"),
        align: "end",
        cell: (one) => showChange(one.metric, one.checked?.difference),
      },
      {
        id: "within",
        label: t("whatif.within"),
        cell: (one) => {
          const within = one.checked?.within ?? null;
          return within === null ? "–" : t(within ? "whatif.yes" : "whatif.no");
        },
      },
    ];
  }
  return [
    first,
    {
      id: "before",
      label: lineName("before"),
      align: "end",
      cell: (one) => showValue(one.metric, one.compared?.before?.mean),
    },
    {
      id: "after",
      label: lineName("after"),
      align: "end",
      cell: (one) => showValue(one.metric, one.compared?.after?.mean),
    },
    {
      id: "difference",
      label: t("whatif.difference"),
      align: "end",
      cell: (one) => showChange(one.metric, one.compared?.difference?.mean),
    },
    {
      id: "interval",
      label: t("whatif.confidence"),
      align: "end",
      cell: ({ metric, compared }) => {
        const change = compared?.difference;
        if (!change || change.low === null || change.high === null) return "–";
        return `${showChange(metric, change.low)} – ${showChange(metric, change.high)}`;
      },
    },
    {
      id: "clear",
      label: t("whatif.clear"),
      cell: (one) => (one.compared?.clear ? t("whatif.yes") : t("whatif.chance")),
    },
  ];
}

function Totals({ answer, part }: { answer: Answer; part: number }) {
  const t = useT();
  if (answer.kind === "staff") return null;
  const rows = METRICS.map((metric) =>
    answer.kind === "replay"
      ? { metric, checked: answer.parts[part]?.total[metric] }
      : { metric, compared: answer.parts[part]?.total[metric] },
  );
  return (
    <Table
      label={t("whatif.totals")}
      columns={totalColumns(answer, t)}
      rows={rows}
      rowId={({ metric }) => metric}
      empty={t("whatif.nothing")}
    />
  );
}

interface HalfHour {
  at: string;
  from_s: number;
  cells: Partial<Record<LineId, string>>;
}

export function WhatIfAnswer({ answer, other }: { answer: Answer; other: Answer | null }) {
  const t = useT();
  const [chosen, setChosen] = useState(0);
  const [picked, setMetric] = useState<Metric>("service_level");
  const parts: readonly Choice[] =
    answer.kind === "staff"
      ? []
      : answer.parts.map((part, at) => ({
          id: String(at),
          label: part.queue_id === null ? t("whatif.all_queues") : localText(part.name, part.queue_id),
        }));
  const part = chosen < parts.length ? chosen : 0;
  const metric: Metric = answer.kind === "staff" ? "came" : picked;
  const lines = linesOf(answer, part, metric, other);
  const rows: HalfHour[] = momentsOf(lines).map(({ at, from_s }) => ({
    at,
    from_s,
    cells: Object.fromEntries(
      lines.map(({ id, points }) => {
        const here = points.find((each) => each.from_s === from_s);
        const known = here && here.low !== null && here.high !== null;
        const range = known ? ` (${showBetween(metric, here.low, here.high)})` : "";
        return [id, `${showValue(metric, here?.mean)}${range}`];
      }),
    ),
  }));
  const columns: TableColumn<HalfHour>[] = [
    { id: "at", label: t("whatif.half_hour"), cell: (row) => row.at },
    ...lines.map(({ id }) => ({
      id,
      label: lineName(id),
      align: "end" as const,
      cell: (row: HalfHour) => row.cells[id] ?? "–",
    })),
  ];
  const name = answer.kind === "staff" ? t("whatif.kind.staff") : metricName(metric);
  return (
    <div className={styles.answer}>
      <p className={styles.verdict}>{sentence(answer, t)}</p>
      {notes(answer, t).map((note) => (
        <p key={note} className={styles.quiet}>
          {note}
        </p>
      ))}
      {answer.kind === "staff" ? null : (
        <div className={styles.row}>
          <Select
            label={t("whatif.queue")}
            items={parts}
            value={String(part)}
            onChange={(at) => setChosen(Number(at))}
          />
        </div>
      )}
      <Totals answer={answer} part={part} />
      {answer.kind === "staff" ? null : (
        <Segments
          label={t("whatif.metric")}
          items={CHARTED.map((id) => ({ id, label: metricName(id) }))}
          chosen={metric}
          onChoose={setMetric}
        />
      )}
      <WhatIfChart lines={lines} metric={metric} name={name} />
      <Table
        label={name}
        columns={columns}
        rows={rows}
        rowId={({ from_s }) => String(from_s)}
        empty={t("whatif.nothing")}
      />
    </div>
  );
}
