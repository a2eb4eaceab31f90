/** How cases went from channel to journey to queue to person and on; as a picture and as a table. */
import { useState } from "react";
import { useResource } from "@/api/resource";
import { formatNumber, formatPercent } from "@/i18n/format";
import { nameOfChannel } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page, Panel } from "@/ui/Page";
import { Segments } from "@/ui/Segments";
import { Table, type TableColumn } from "@/ui/Table";
import { endName } from "../designer/watch/Ends";
import { useJourneyNames } from "../journeys/names";
import { addDays, dayIn } from "../reports/reports";
import styles from "./flow.module.css";
import { Sankey } from "./Sankey";
import type { Flow, FlowLink, FlowNode } from "./sankey";

const DAYS = { today: 1, week: 7, month: 28 } as const;
type Period = keyof typeof DAYS;
const PERIODS = Object.keys(DAYS) as Period[];
const FRESH_MS = 30_000;

export default function FlowPage() {
  const t = useT();
  const nameOf = useJourneyNames();
  const [period, setPeriod] = useState<Period>("week");
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const to = dayIn(zone, new Date());
  const from = addDays(to, 1 - DAYS[period]);
  const { data: flow, error, reload } = useResource<Flow>(`/watch/flow?from=${from}&to=${to}`, FRESH_MS);
  if (flow && flow.time_zone !== zone) setZone(flow.time_zone);

  const name = (node: FlowNode): string => {
    if (node.kind === "channel") return nameOfChannel(node.key);
    if (node.kind === "end") return endName(node.key);
    if (node.kind === "person") return t("watch.flow.person");
    return localText(node.name, node.kind === "journey" ? nameOf(node.key) : node.key);
  };
  const names = new Map(flow?.nodes.map((node) => [node.id, name(node)]));
  const columns: readonly TableColumn<FlowLink>[] = [
    {
      id: "from",
      label: t("watch.flow.from"),
      cell: (link) => names.get(link.source) ?? "",
      sort: (link) => names.get(link.source) ?? "",
    },
    {
      id: "to",
      label: t("watch.flow.to"),
      cell: (link) => names.get(link.target) ?? "",
      sort: (link) => names.get(link.target) ?? "",
    },
    {
      id: "cases",
      label: t("watch.flow.cases"),
      align: "end",
      cell: (link) => formatNumber(link.cases),
      sort: (link) => link.cases,
    },
    {
      id: "share",
      label: t("watch.flow.share"),
      align: "end",
      cell: (link) => formatPercent(link.cases / Math.max(1, flow?.cases ?? 1), 1),
      sort: (link) => link.cases,
    },
  ];
  return (
    <Page
      title={t("shell.case_flow")}
      actions={
        <Segments
          label={t("watch.period")}
          items={PERIODS.map((id) => ({ id, label: t(`watch.period.${id}`) }))}
          chosen={period}
          onChoose={setPeriod}
        />
      }
    >
      {error ? (
        <EmptyState
          title={error.message}
          text={error.fix}
          action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
        />
      ) : !flow ? (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      ) : flow.cases === 0 ? (
        <EmptyState title={t("watch.flow.empty")} text={t("watch.flow.empty_text")} />
      ) : (
        <div className={styles.flow}>
          <p className={styles.quiet}>{t("watch.flow.lead")}</p>
          <dl className={styles.totals}>
            <div>
              <dt>{t("watch.flow.cases")}</dt>
              <dd>{formatNumber(flow.cases)}</dd>
            </div>
            <div>
              <dt>{t("watch.flow.switched")}</dt>
              <dd>
                {formatNumber(flow.switched)} <small>{formatPercent(flow.switched / flow.cases, 1)}</small>
              </dd>
            </div>
          </dl>
          <Sankey flow={flow} name={name} />
          <Panel title={t("watch.flow.switches")}>
            {flow.switches.length === 0 ? (
              <p className={styles.quiet}>{t("watch.flow.no_switches")}</p>
            ) : (
              <ul className={styles.switches}>
                {flow.switches.map((one) => (
                  <li key={`${one.from_channel} ${one.to_channel}`}>
                    {t("watch.flow.band", {
                      from: nameOfChannel(one.from_channel),
                      to: nameOfChannel(one.to_channel),
                      count: one.cases,
                    })}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
          <Panel title={t("watch.flow.table")}>
            <Table
              label={t("watch.flow.table")}
              columns={columns}
              rows={flow.links}
              rowId={(link) => `${link.source} ${link.target}`}
              empty={t("watch.flow.empty")}
            />
          </Panel>
        </div>
      )}
    </Page>
  );
}
