/** The map of contact reasons: why customers come, which journey serves them and how well, and what is missing. */
import { Plus } from "lucide-react";
import { Suspense, useState } from "react";
import { useResource } from "@/api/resource";
import { lazy } from "@/app/fetching";
import { Link } from "@/app/Link";
import { hasRole } from "@/app/session";
import { DESIGNER } from "@/i18n/designer";
import { formatNumber, formatPercent } from "@/i18n/format";
import { nameOfChannel } from "@/i18n/names";
import { localText, useT, withTexts } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import { useJourneyNames } from "../journeys/names";
import { EntryDialog } from "./EntryDialog";
import { contactsAddress, daysBefore, type ReasonLine, type ReasonMap } from "./reasons";
import styles from "./reasons.module.css";

const UnheardDialog = lazy(() => withTexts(DESIGNER, import("../watch/unheard/UnheardDialog")));

const PERIODS = [7, 28, 90] as const;
const USUAL = 28;

function share(value: number | null): string {
  return value === null ? "–" : formatPercent(value);
}

function useColumns(map: ReasonMap, onUnheard: (line: ReasonLine) => void): readonly TableColumn<ReasonLine>[] {
  const t = useT();
  const nameOf = useJourneyNames();
  return [
    {
      id: "reason",
      label: t("reasons.reason"),
      sort: (line) => localText(line.entry?.name, line.id),
      cell: (line) => (
        <span className={styles.reason}>
          <b>{localText(line.entry?.name, line.id)}</b>
          <span className={styles.quiet}>{line.id}</span>
          {typeof line.entry?.person_after === "number" ? (
            <span className={styles.quiet}>
              {t("reasons.person_after_line", { count: line.entry.person_after })}
            </span>
          ) : null}
          {(line.entry?.tags ?? []).length > 0 ? (
            <span className={styles.quiet}>
              {line.entry?.tags.map((tag) => t(`reasons.tag.${tag}`)).join(" · ")}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: "volume",
      label: t("reasons.volume"),
      align: "end",
      sort: (line) => line.served.volume,
      cell: (line) => (
        <span className={styles.reason}>
          {hasRole("supervisor", "admin") && line.served.volume > 0 ? (
            <Link to={contactsAddress(map, line.id)}>{formatNumber(line.served.volume)}</Link>
          ) : (
            formatNumber(line.served.volume)
          )}
          {line.channels.length > 1 ? (
            <span className={styles.quiet}>
              {line.channels
                .map((one) => `${nameOfChannel(one.channel)} ${formatNumber(one.served.volume)}`)
                .join(" · ")}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      id: "journey",
      label: t("reasons.journey"),
      cell: (line) =>
        line.entry?.journey_id ? (
          <Link to={`/journeys/${line.entry.journey_id}`}>{nameOf(line.entry.journey_id)}</Link>
        ) : (
          "–"
        ),
    },
    {
      id: "containment",
      label: t("reasons.containment"),
      align: "end",
      sort: (line) => line.served.containment ?? -1,
      cell: (line) => share(line.served.containment),
    },
    {
      id: "transfer",
      label: t("reasons.transfer"),
      align: "end",
      sort: (line) => line.served.transfer ?? -1,
      cell: (line) => share(line.served.transfer),
    },
    {
      id: "unheard",
      label: t("reasons.unheard"),
      align: "end",
      sort: (line) => line.unheard.times,
      cell: (line) =>
        line.unheard.times === 0 ? (
          formatNumber(0)
        ) : (
          <span className={styles.reason}>
            <button
              type="button"
              className={styles.figure}
              aria-label={t("reasons.unheard_show", {
                count: line.unheard.times,
                reason: localText(line.entry?.name, line.id),
              })}
              onClick={() => onUnheard(line)}
            >
              {formatNumber(line.unheard.times)}
            </button>
            {line.unheard.handed > 0 ? (
              <span className={styles.quiet}>{t("reasons.unheard_handed", { count: line.unheard.handed })}</span>
            ) : null}
          </span>
        ),
    },
    {
      id: "repeat",
      label: t("reasons.repeat"),
      align: "end",
      sort: (line) => line.served.repeat ?? -1,
      cell: (line) => share(line.served.repeat),
    },
    {
      id: "csat",
      label: t("reasons.csat"),
      align: "end",
      sort: (line) => line.served.csat ?? -1,
      cell: (line) =>
        line.served.csat === null
          ? "–"
          : t("reasons.csat_of", { score: formatNumber(line.served.csat, 1), count: line.served.csat_answers }),
    },
    {
      id: "lasted",
      label: t("reasons.lasted"),
      align: "end",
      sort: (line) => line.served.lasted_s ?? -1,
      cell: (line) =>
        line.served.lasted_s === null
          ? "–"
          : t("reasons.minutes", { count: formatNumber(line.served.lasted_s / 60, 1) }),
    },
    {
      id: "gaps",
      label: t("reasons.gaps"),
      sort: (line) => line.gaps.length,
      cell: (line) =>
        line.gaps.length === 0 ? (
          <StateChip state="ok">{t("reasons.no_gaps")}</StateChip>
        ) : (
          <ul className={styles.gaps}>
            {line.gaps.map((gap) => (
              <li key={`${gap.kind} ${gap.about}`}>
                <StateChip state="late">{t(`reasons.gap.${gap.kind}`, { about: gap.about })}</StateChip>
              </li>
            ))}
          </ul>
        ),
    },
  ];
}

interface MapTableProps {
  map: ReasonMap;
  onOpen: ((line: ReasonLine) => void) | undefined;
  onUnheard: (line: ReasonLine) => void;
}

function MapTable({ map, onOpen, onUnheard }: MapTableProps) {
  const t = useT();
  const columns = useColumns(map, onUnheard);
  return (
    <Table
      label={t("reasons.title")}
      columns={columns}
      rows={map.items}
      rowId={(line) => line.id}
      initialSort={{ column: "volume", direction: "descending" }}
      {...(onOpen ? { onOpen } : {})}
      empty={<EmptyState title={t("reasons.empty")} text={t("reasons.empty_text")} />}
    />
  );
}

export default function ReasonsPage() {
  const t = useT();
  const [days, setDays] = useState<number>(USUAL);
  const [edited, setEdited] = useState<ReasonLine | "new" | null>(null);
  const [unheard, setUnheard] = useState<ReasonLine | "all" | null>(null);
  const usual = useResource<ReasonMap>("/reasons");
  const today = usual.data?.last;
  const asked = today && days !== USUAL ? `?from=${daysBefore(today, days - 1)}&to=${today}` : "";
  const { data, error, reload } = useResource<ReasonMap>(`/reasons${asked}`);
  const mayWrite = hasRole("admin");
  const missing = data?.items.filter((line) => line.gaps.length > 0).length ?? 0;
  return (
    <Page
      title={t("reasons.title")}
      actions={
        <>
          <Select
            label={t("reasons.period")}
            labelHidden
            items={PERIODS.map((one) => ({ id: String(one), label: t("reasons.last_days", { count: one }) }))}
            value={String(days)}
            onChange={(id) => setDays(Number(id))}
          />
          {mayWrite ? (
            <Button tone="primary" icon={<Plus size={14} aria-hidden="true" />} onPress={() => setEdited("new")}>
              {t("reasons.add")}
            </Button>
          ) : null}
        </>
      }
    >
      <div className={styles.map}>
        <p className={styles.quiet}>{t("reasons.lead")}</p>
        {error ? (
          <EmptyState
            title={t("reasons.failed")}
            text={`${error.message} ${error.fix}`}
            action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
          />
        ) : data ? (
          <>
            <p role="status">
              {t("reasons.summary", { missing, all: data.items.length, undeclared: data.undeclared.volume })}
            </p>
            <p className={styles.unheard}>
              {t("reasons.unheard_summary", { count: data.unheard.times, handed: data.unheard.handed })}{" "}
              <Button onPress={() => setUnheard("all")}>{t("reasons.unheard_all")}</Button>
            </p>
            <MapTable map={data} onOpen={mayWrite ? setEdited : undefined} onUnheard={setUnheard} />
          </>
        ) : (
          <p aria-busy="true" className={styles.quiet}>
            {t("ui.loading")}
          </p>
        )}
      </div>
      {unheard && data ? (
        <Suspense>
          <UnheardDialog
            sought={{ from: data.first, to: data.last, reason: unheard === "all" ? null : unheard.id }}
            reason={unheard === "all" ? null : localText(unheard.entry?.name, unheard.id)}
            onClose={() => setUnheard(null)}
          />
        </Suspense>
      ) : null}
      {edited ? <EntryDialog line={edited === "new" ? null : edited} onClose={() => setEdited(null)} /> : null}
    </Page>
  );
}
