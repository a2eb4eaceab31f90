/** One figure by day, large, with its one written definition. */
import { localText, useT } from "@/i18n/t";
import { Panel } from "@/ui/Page";
import { Chart } from "./Chart";
import { type Definition, type Summary, seriesOf } from "./reports";
import styles from "./reports.module.css";

export function Course({ definition, summary }: { definition: Definition; summary: Summary }) {
  const t = useT();
  const metric = localText(definition.name, definition.id);
  return (
    <Panel
      title={t("reports.by_day", { metric })}
      actions={<span className={styles.quiet}>{t("reports.zone", { zone: summary.time_zone })}</span>}
    >
      <p className={styles.definition}>
        <strong>{t("reports.definition")}</strong> {localText(definition.text)}
      </p>
      <Chart points={seriesOf(summary, definition.id)} unit={definition.unit} name={metric} />
    </Panel>
  );
}
