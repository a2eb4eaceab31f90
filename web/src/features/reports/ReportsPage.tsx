/** Reports: the figures of a period, each with its definition, its course, its rows and its contacts. */
import { useResource } from "@/api/resource";
import { navigate, useQueryString } from "@/app/router";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { Course } from "./Course";
import { DrillDown } from "./DrillDown";
import { FiguresTable } from "./FiguresTable";
import { MetricTiles } from "./MetricTiles";
import { RangeBar } from "./RangeBar";
import { addressOf, type Choice, choiceOf, type Definition, dayIn, type Group, type Summary } from "./reports";
import styles from "./reports.module.css";
import { WaitPromises } from "./WaitPromises";

const FRESH_MS = 30_000;

function useSummary(choice: Choice, group: Group) {
  return useResource<Summary>(`/reports/summary?from=${choice.from}&to=${choice.to}&group=${group}`, FRESH_MS);
}

/** Today where the company is: reports count its days. An empty report tells its time zone. */
function useToday(): string {
  const { data } = useResource<Summary>("/reports/summary?from=2000-01-01&to=2000-01-01&group=day", 3_600_000);
  return dayIn(data?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone, new Date());
}

export default function ReportsPage() {
  const t = useT();
  const today = useToday();
  const choice = choiceOf(useQueryString(), today);
  const definitions = useResource<{ items: readonly Definition[] }>("/reports/metrics", 600_000);
  const days = useSummary(choice, "day");
  const summary = useSummary(choice, choice.group);
  const choose = (change: Partial<Choice>) => navigate(addressOf({ ...choice, ...change }), { replace: true });
  const definition = definitions.data?.items.find((each) => each.id === choice.metric);
  const error = definitions.error ?? days.error ?? summary.error;
  const retry = () => void Promise.all([definitions.reload(), days.reload(), summary.reload()]);
  const open = choice.all || choice.key !== undefined;
  return (
    <Page title={t("shell.reports")} actions={<RangeBar choice={choice} today={today} onChoose={choose} />}>
      {error ? (
        <EmptyState
          title={error.message}
          text={error.fix}
          action={<Button onPress={retry}>{t("ui.retry")}</Button>}
        />
      ) : days.data && definitions.data && definition ? (
        <div className={styles.reports}>
          <MetricTiles
            definitions={definitions.data.items}
            summary={days.data}
            metric={choice.metric}
            onChoose={(metric) => choose({ metric })}
          />
          <Course definition={definition} summary={days.data} />
          {open ? (
            <DrillDown
              key={addressOf(choice)}
              choice={choice}
              definition={definition}
              row={summary.data?.rows.find((each) => each.key === choice.key)}
              onClose={() => choose({ key: undefined, all: false })}
            />
          ) : null}
          {summary.data ? (
            <FiguresTable
              definitions={definitions.data.items}
              summary={summary.data}
              choice={choice}
              onChoose={choose}
            />
          ) : null}
          <WaitPromises from={choice.from} to={choice.to} />
        </div>
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </Page>
  );
}
