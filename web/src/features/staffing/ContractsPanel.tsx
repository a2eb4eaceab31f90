/** Contracts: hours, days, days off and kinds of shift of each agent. */
import { useState } from "react";
import { formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import { Table, type TableColumn } from "@/ui/Table";
import { ContractDialog } from "./ContractDialog";
import type { Contract, Settings } from "./staffing";
import { weekdayName } from "./weekdays";

export interface ContractsPanelProps {
  contracts: readonly Contract[];
  settings: Settings;
  onSaved: () => void;
}

export function ContractsPanel({ contracts, settings, onSaved }: ContractsPanelProps) {
  const t = useT();
  const [open, setOpen] = useState<Contract | null>(null);
  const columns: readonly TableColumn<Contract>[] = [
    { id: "name", label: t("staffing.agent"), cell: (row) => row.name, sort: (row) => row.name },
    {
      id: "hours",
      label: t("staffing.week_hours"),
      align: "end",
      cell: ({ terms }) =>
        t("staffing.hours_range", {
          least: formatNumber(terms.week_min_min / 60, 1),
          most: formatNumber(terms.week_max_min / 60, 1),
        }),
      sort: ({ terms }) => terms.week_max_min,
    },
    { id: "days", label: t("staffing.days_at_most"), align: "end", cell: ({ terms }) => terms.days_at_most },
    {
      id: "weekdays",
      label: t("staffing.weekdays"),
      cell: ({ terms }) => terms.weekdays.map((day) => weekdayName(day)).join(" "),
    },
    { id: "off", label: t("staffing.days_off"), align: "end", cell: ({ terms }) => terms.days_off.length || "–" },
  ];
  return (
    <>
      <Table
        label={t("staffing.contracts")}
        columns={columns}
        rows={contracts}
        rowId={(row) => row.agent_id}
        onOpen={setOpen}
        empty={<EmptyState title={t("staffing.nobody_here")} text={t("staffing.nobody_here_text")} />}
      />
      {open ? (
        <ContractDialog
          key={open.agent_id}
          contract={open}
          settings={settings}
          onClose={() => setOpen(null)}
          onSaved={() => {
            setOpen(null);
            onSaved();
          }}
        />
      ) : null}
    </>
  );
}
