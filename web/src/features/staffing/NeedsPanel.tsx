/** What each half hour needs: chart, what-if, and the same numbers as a table of one day. */
import { useState } from "react";
import { formatDay, formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Panel } from "@/ui/Page";
import { Segments } from "@/ui/Segments";
import { Table, type TableColumn } from "@/ui/Table";
import { NeedsChart } from "./NeedsChart";
import { AS_SET, busyPart, clockIn, type Need, type Needs, needsByDay, type WhatIf } from "./staffing";
import styles from "./staffing.module.css";
import { WhatIfBar } from "./WhatIfBar";
import { shortDay } from "./weekdays";

export interface NeedsPanelProps {
  needs: Needs;
  what: WhatIf;
  onChange: (what: WhatIf) => void;
  onSettings: () => void;
}

export function NeedsPanel({ needs, what, onChange, onSettings }: NeedsPanelProps) {
  const t = useT();
  const byDay = needsByDay(needs);
  const [chosen, setChosen] = useState<string | null>(null);
  const day = chosen !== null && byDay.has(chosen) ? chosen : ([...byDay.keys()][0] ?? "");
  const number = (value: number) => (value === 0 ? "–" : formatNumber(value, 1));
  const columns: readonly TableColumn<Need>[] = [
    { id: "time", label: t("staffing.time"), cell: (need) => clockIn(needs.time_zone, need.start_at) },
    { id: "contacts", label: t("staffing.contacts"), align: "end", cell: (need) => number(need.contacts) },
    { id: "agents", label: t("staffing.on_floor"), align: "end", cell: (need) => number(need.agents) },
    { id: "needed", label: t("staffing.needed"), align: "end", cell: (need) => number(need.on_shift) },
    { id: "planned", label: t("staffing.planned"), align: "end", cell: (need) => number(need.planned) },
    {
      id: "difference",
      label: t("staffing.difference"),
      align: "end",
      cell: (need) => {
        const less = need.planned < need.on_shift - 0.01;
        const text = formatNumber(need.planned - need.on_shift, 1);
        return less ? <strong className={styles.less}>{text}</strong> : number(need.planned - need.on_shift);
      },
    },
  ];
  const nobody = needs.needs.every((each) => each.on_shift === 0);
  return (
    <div className={styles.stack}>
      <Panel
        title={t("staffing.curve")}
        actions={<span className={styles.quiet}>{t("staffing.zone", { zone: needs.time_zone })}</span>}
      >
        <WhatIfBar what={what} onChange={onChange} onReset={() => onChange(AS_SET)} />
        {nobody ? (
          <EmptyState
            title={t("staffing.nobody_expected")}
            text={t("staffing.nobody_expected_text")}
            action={<Button onPress={onSettings}>{t("staffing.describe")}</Button>}
          />
        ) : (
          <NeedsChart needs={needs} />
        )}
      </Panel>
      <section className={styles.stack} aria-label={t("staffing.table")}>
        <Segments
          label={t("staffing.day")}
          items={[...byDay.keys()].map((id) => ({ id, label: shortDay(id) }))}
          chosen={day}
          onChoose={setChosen}
        />
        <Table
          label={t("staffing.table_of", { day: day ? formatDay(`${day}T12:00:00`) : "" })}
          columns={columns}
          rows={busyPart(byDay.get(day) ?? [])}
          rowId={(need) => need.start_at}
          empty={<EmptyState title={t("staffing.nobody_expected")} />}
        />
      </section>
    </div>
  );
}
