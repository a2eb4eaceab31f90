/** Whatever was found forgotten, and when it was put right. */
import { Link } from "@/app/Link";
import { formatClock, formatDateTime } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import { type Alarm, repairTook_s, slugOf } from "./ledger";

export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const t = useT();
  const columns: readonly TableColumn<Alarm>[] = [
    {
      id: "found",
      label: t("ledger.column.found"),
      cell: (alarm) => formatDateTime(alarm.found_at),
      sort: (alarm) => alarm.found_at,
    },
    {
      id: "was",
      label: t("ledger.column.was"),
      cell: (alarm) => lookup(`ledger.was.${slugOf(alarm.was)}`) ?? alarm.was,
      sort: (alarm) => alarm.was,
    },
    {
      id: "repaired",
      label: t("ledger.column.repaired"),
      cell: (alarm) => {
        const took_s = repairTook_s(alarm);
        return took_s === null ? (
          <StateChip state="late">{t("ledger.not_repaired")}</StateChip>
        ) : (
          <StateChip state="ok">{t("ledger.repaired_in", { clock: formatClock(took_s) })}</StateChip>
        );
      },
      sort: (alarm) => repairTook_s(alarm) ?? -1,
    },
    {
      id: "contact",
      label: t("ledger.column.contact"),
      cell: (alarm) => <Link to={`/desk/${alarm.contact_id}`}>{t("ledger.open")}</Link>,
    },
  ];
  return (
    <Table
      label={t("ledger.alarms")}
      columns={columns}
      rows={alarms}
      rowId={(alarm) => `${alarm.contact_id} ${alarm.found_at}`}
      empty={<EmptyState title={t("ledger.alarms_none")} text={t("ledger.alarms_none_text")} />}
    />
  );
}
