/** The live map beside the canvas: who came where, who is there now, who gave up, how long it took; and against what. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Link } from "@/app/Link";
import { hasRole } from "@/app/session";
import { formatClock, formatNumber, formatPercent, languageName } from "@/i18n/format";
import { nameOfChannel } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Segments } from "@/ui/Segments";
import { Select } from "@/ui/Select";
import { Table, type TableColumn } from "@/ui/Table";
import { addDays, dayIn } from "../../reports/reports";
import { isStep, places } from "../model/paths";
import { usePromptTexts } from "../model/use";
import { placeName } from "../model/words";
import type { PaneProps, StepPath } from "../seams";
import { Behind, type Question } from "./Behind";
import { Comparison } from "./Comparison";
import { Ends } from "./Ends";
import {
  type Against,
  type Choice,
  choices,
  layerOf,
  mapAddress,
  otherChoice,
  ranks,
  type TableRow,
  tableRows,
} from "./map";
import { NotUnderstood } from "./NotUnderstood";
import { useMap } from "./useMap";
import styles from "./watch.module.css";

const DAYS = { today: 1, week: 7, month: 28 } as const;
type Period = keyof typeof DAYS;
const PERIODS = Object.keys(DAYS) as Period[];
const ALL = "all";

export default function WatchPane({ designer }: PaneProps) {
  const t = useT();
  const texts = usePromptTexts();
  const room = useRef<HTMLDivElement>(null);
  const [zone, setZone] = useState(Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [period, setPeriod] = useState<Period>("today");
  const [only, setOnly] = useState<Pick<Choice, "version" | "channel" | "locale">>({
    version: designer.base_version || null,
    channel: null,
    locale: null,
  });
  const [against, setAgainst] = useState<Against>("nothing");
  const [question, setQuestion] = useState<Question | null>(null);
  const today = dayIn(zone, new Date());
  const choice: Choice = { from: addDays(today, 1 - DAYS[period]), to: today, ...only };
  const other = otherChoice(choice, against);
  const known = designer.base_version > 0;
  const { map, error, reload } = useMap(known ? mapAddress(designer.id, choice) : null, room);
  const earlier = useMap(known && other ? mapAddress(designer.id, other) : null, room);
  const { draw } = designer;
  const layer = useMemo(() => (map ? layerOf(map, formatNumber) : null), [map]);
  const order = useMemo(() => places(designer.journey).map(({ path }) => path), [designer.journey]);
  const rows = useMemo(() => (map ? tableRows(map, order) : []), [map, order]);
  const rank = useMemo(() => ranks(rows, order), [rows, order]);
  useEffect(() => draw(layer), [layer, draw]);
  useEffect(() => {
    if (map) setZone(map.time_zone);
  }, [map]);

  if (!known) return <EmptyState title={t("watch.unpublished")} text={t("watch.unpublished_text")} />;
  const found = choices(map?.seen ?? []);
  const ask = hasRole("supervisor", "admin") ? setQuestion : null;
  const name = (path: StepPath) => placeName(designer.journey, path, texts);
  const figure = (what: Exclude<Question["what"], "end">, spot: TableRow, count: number) =>
    spot.call ? (
      what === "entered" ? (
        formatNumber(count)
      ) : (
        "–"
      )
    ) : ask && count > 0 ? (
      <button
        type="button"
        className={styles.figure}
        aria-label={t("watch.show", { count, what: t(`watch.what.${what}`), place: name(spot.path) })}
        onClick={() => ask({ what, path: spot.path, which: null })}
      >
        {formatNumber(count)}
      </button>
    ) : (
      formatNumber(count)
    );
  const columns: readonly TableColumn<TableRow>[] = [
    {
      id: "place",
      label: t("watch.place"),
      cell: (spot) => <span className={styles.place}>{name(spot.path)}</span>,
      sort: rank,
    },
    {
      id: "now",
      label: t("watch.what.now"),
      align: "end",
      cell: (spot) => figure("now", spot, spot.now),
      sort: (spot) => spot.now,
    },
    {
      id: "entered",
      label: t("watch.what.entered"),
      align: "end",
      cell: (spot) => figure("entered", spot, spot.entered),
      sort: (spot) => spot.entered,
    },
    {
      id: "repeated",
      label: t("watch.what.repeated"),
      align: "end",
      cell: (spot) => figure("repeated", spot, spot.repeated),
      sort: (spot) => spot.repeated,
    },
    {
      id: "dropped",
      label: t("watch.what.dropped"),
      align: "end",
      cell: (spot) => figure("dropped", spot, spot.dropped),
      sort: (spot) => spot.dropped,
    },
    {
      id: "time",
      label: t("watch.time"),
      align: "end",
      cell: ({ median_s, p90_s }) =>
        median_s === null || p90_s === null ? "–" : `${formatClock(median_s)} / ${formatClock(p90_s)}`,
      sort: (spot) => spot.median_s ?? -1,
    },
  ];
  const all = { id: ALL, label: t("watch.all") };
  const versions = [...new Set([...found.versions, ...(only.version === null ? [] : [only.version])])];
  return (
    <div ref={room} className={styles.pane}>
      <div className={styles.choices}>
        <span className={styles.period}>
          <Segments
            label={t("watch.period")}
            items={PERIODS.map((id) => ({ id, label: t(`watch.period.${id}`) }))}
            chosen={period}
            onChoose={setPeriod}
          />
        </span>
        <Select
          label={t("watch.version")}
          items={[all, ...versions.map((one) => ({ id: String(one), label: t("watch.version_n", { n: one }) }))]}
          value={only.version === null ? ALL : String(only.version)}
          onChange={(id) => setOnly({ ...only, version: id === ALL ? null : Number(id) })}
        />
        <Select
          label={t("watch.channel")}
          items={[all, ...found.channels.map((id) => ({ id, label: nameOfChannel(id) }))]}
          value={only.channel ?? ALL}
          onChange={(id) => setOnly({ ...only, channel: id === ALL ? null : id })}
        />
        <Select
          label={t("watch.language")}
          items={[all, ...found.locales.map((id) => ({ id, label: languageName(id) }))]}
          value={only.locale ?? ALL}
          onChange={(id) => setOnly({ ...only, locale: id === ALL ? null : id })}
        />
        <Select
          label={t("watch.against")}
          items={[
            { id: "nothing", label: t("watch.against.nothing") },
            { id: "before", label: t("watch.against.before") },
            ...versions
              .filter((one) => one !== only.version)
              .map((one) => ({ id: String(one), label: t("watch.version_n", { n: one }) })),
          ]}
          value={String(against)}
          onChange={(id) => setAgainst(id === "nothing" || id === "before" ? id : Number(id))}
        />
      </div>
      {error ? (
        <div role="alert">
          <p>
            {error.message} {error.fix}
          </p>
          <Button onPress={reload}>{t("ui.retry")}</Button>
        </div>
      ) : null}
      {map ? (
        <>
          <dl className={styles.totals}>
            <div>
              <dt>{t("watch.contacts")}</dt>
              <dd>{formatNumber(map.contacts)}</dd>
            </div>
            <div>
              <dt>{t("watch.what.now")}</dt>
              <dd aria-live="polite">{formatNumber(map.now)}</dd>
            </div>
            <div>
              <dt>{t("watch.containment")}</dt>
              <dd>{map.containment === null ? "–" : formatPercent(map.containment)}</dd>
            </div>
          </dl>
          <Ends map={map} onAsk={ask} />
          {earlier.map && other ? <Comparison earlier={earlier.map} later={map} name={name} /> : null}
          <Table
            label={t("watch.places")}
            columns={columns}
            rows={rows}
            rowId={(spot) => spot.path}
            onOpen={(spot) => {
              const step = isStep(designer.journey, spot.path) ? spot.path : `${spot.path}/0`;
              if (isStep(designer.journey, step)) designer.choose([step]);
            }}
            empty={t("watch.nobody")}
          />
          <NotUnderstood designer={designer} choice={choice} name={name} moved={map} />
          <Link to="/reports/journeys">{t("shell.case_flow")}</Link>
        </>
      ) : error ? null : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
      {question ? (
        <Behind
          id={designer.id}
          choice={choice}
          question={question}
          place={question.path === null ? null : name(question.path)}
          onClose={() => setQuestion(null)}
        />
      ) : null}
    </div>
  );
}
