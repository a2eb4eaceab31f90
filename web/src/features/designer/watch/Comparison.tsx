/** What changed against the other period or version, and whether that may be chance. */
import { formatNumber, formatPercent } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Table, type TableColumn } from "@/ui/Table";
import type { StepPath } from "../seams";
import { type Compared, compared } from "./compare";
import type { JourneyMap } from "./map";
import styles from "./watch.module.css";

export interface ComparisonProps {
  earlier: JourneyMap;
  later: JourneyMap;
  name: (path: StepPath) => string;
}

function points(share: number): string {
  return `${share > 0 ? "+" : share < 0 ? "−" : ""}${formatNumber(Math.abs(share) * 100, 1)}`;
}

export function Comparison({ earlier, later, name }: ComparisonProps) {
  const t = useT();
  const share = (value: number | null) => (value === null ? "–" : formatPercent(value, 1));
  const columns: readonly TableColumn<Compared>[] = [
    {
      id: "what",
      label: t("watch.compared"),
      cell: ({ what, path }) =>
        path === null ? (
          t(`watch.share.${what}`)
        ) : (
          <span className={styles.place}>
            {t(`watch.share.${what}`)}: {name(path)}
          </span>
        ),
    },
    { id: "earlier", label: t("watch.earlier"), align: "end", cell: (one) => share(one.earlier) },
    { id: "later", label: t("watch.later"), align: "end", cell: (one) => share(one.later) },
    {
      id: "change",
      label: t("watch.change"),
      align: "end",
      cell: ({ change }) =>
        change === null ? (
          "–"
        ) : (
          <span className={change.sure ? styles.sure : styles.quiet}>
            {t(change.sure ? "watch.change_sure" : "watch.change_chance", {
              by: points(change.by),
              low: points(change.low),
              high: points(change.high),
            })}
          </span>
        ),
    },
  ];
  if (earlier.contacts === 0) return <p className={styles.quiet}>{t("watch.compared_none")}</p>;
  return (
    <section className={styles.comparison}>
      <p className={styles.quiet}>
        {t("watch.compared_of", { earlier: earlier.contacts, later: later.contacts })} {t("watch.compared_how")}
      </p>
      <Table
        label={t("watch.compared")}
        columns={columns}
        rows={compared(earlier, later)}
        rowId={(one) => one.id}
        empty={t("watch.nobody")}
      />
    </section>
  );
}
