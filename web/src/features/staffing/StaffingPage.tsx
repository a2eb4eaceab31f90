/** Staffing: what is needed, who works when, how it went, and what it rests on. */
import { ChevronLeft, ChevronRight, Download, Sparkles } from "lucide-react";
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { refresh, useResource } from "@/api/resource";
import type { Queue } from "@/api/settings";
import { formatDay } from "@/i18n/format";
import { useLocale, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { Tabs } from "@/ui/Tabs";
import { showToast } from "@/ui/toasts";
import { AdherencePanel } from "./AdherencePanel";
import { ContractsPanel } from "./ContractsPanel";
import { NeedsPanel } from "./NeedsPanel";
import { PlanPanel } from "./PlanPanel";
import { RosterTab } from "./RosterTab";
import { SettingsPanel } from "./SettingsPanel";
import {
  AS_SET,
  addDays,
  type Contract,
  changesOf,
  dayIn,
  daysFrom,
  type Needs,
  needsPath,
  type Plan,
  type Roster,
  type SettingsAnswer,
  weekOf,
} from "./staffing";
import styles from "./staffing.module.css";
import { useKept, useSettled } from "./values";

const FRESH_MS = 30_000;
const LOOK_MS = 1000;
const SETTLE_MS = 250;
const PUBLISHED = "published";

export default function StaffingPage() {
  const t = useT();
  const locale = useLocale();
  const [week, setWeek] = useState(() =>
    addDays(weekOf(dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date())), 7),
  );
  const [source, setSource] = useState<string | null>(null);
  const [what, setWhat] = useState(AS_SET);
  const [shown, setShown] = useState<string | null>(null);
  const [tab, setTab] = useState("needs");
  const last = addDays(week, 6);
  const settings = useResource<SettingsAnswer>("/staffing/settings", FRESH_MS);
  const contracts = useResource<{ items: readonly Contract[] }>("/staffing/contracts", FRESH_MS);
  const queues = useResource<{ items: readonly Queue[] }>("/queues", FRESH_MS);
  const plans = useResource<{ items: readonly Plan[] }>("/staffing/plans", LOOK_MS);
  const hasDescribed = Object.keys(settings.data?.settings.described ?? {}).length > 0;
  const chosen = source ?? (hasDescribed ? "described" : settings.data?.sources[0]) ?? "history";
  const zone = useKept(useResource<Roster>(`/staffing/shifts?from=${week}&to=${week}`, FRESH_MS).data)?.time_zone;
  // The plan of this week: the one chosen, else one in the making or waiting to be published.
  const ofWeek = (plans.data?.items ?? []).filter(
    (each) => zone !== undefined && dayIn(zone, each.starts_at) <= last && dayIn(zone, each.ends_at) > week,
  );
  const plan =
    shown === PUBLISHED
      ? undefined
      : (ofWeek.find((each) => each.id === shown) ??
        ofWeek.find((each) => ["planning", "ready"].includes(each.status)));
  const planId = plan && plan.status !== "published" && plan.result ? plan.id : null;
  const settled = useSettled(what, SETTLE_MS);
  const needs = useResource<Needs>(needsPath(week, last, chosen, settled, planId), FRESH_MS);
  const rosterPath = `/staffing/shifts?from=${week}&to=${last}${planId ? `&plan_id=${planId}` : ""}`;
  const roster = useResource<Roster>(rosterPath, FRESH_MS);
  const shownNeeds = useKept(needs.data);
  const shownRoster = useKept(roster.data);
  const planning = plan?.status === "planning";
  const { reload } = plans;
  useEffect(() => {
    if (!planning) return;
    const timer = setInterval(() => void reload(), LOOK_MS);
    return () => clearInterval(timer);
  }, [planning, reload]);
  const again = () => {
    for (const part of ["/staffing/plans", "/staffing/needs", "/staffing/shifts"]) refresh(part);
  };
  const act = async (call: () => Promise<unknown>, said?: string) => {
    try {
      await call();
      if (said) showToast({ tone: "good", text: said });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      showToast({ tone: "bad", text: error.message, fix: error.fix });
    }
    again();
  };
  const begin = () =>
    act(async () => {
      const made = await api.post<Plan>("/staffing/plans", {
        first: week,
        last,
        source: chosen,
        what_if: changesOf(what),
      });
      setShown(made.id);
    });
  const error = settings.error ?? contracts.error ?? needs.error ?? roster.error ?? plans.error;
  const ready = settings.data && contracts.data && shownNeeds && shownRoster && queues.data;
  const file = (kind: string) =>
    api.url(`/staffing/shifts.${kind}`, { from: week, to: last, plan_id: planId, locale });
  return (
    <Page
      title={t("staffing.title")}
      actions={
        <>
          <span className={styles.week}>
            <IconButton
              label={t("staffing.week_before")}
              icon={<ChevronLeft size={16} aria-hidden="true" />}
              onPress={() => setWeek(addDays(week, -7))}
            />
            <span aria-live="polite">{t("staffing.week_of", { day: formatDay(`${week}T12:00:00`) })}</span>
            <IconButton
              label={t("staffing.week_after")}
              icon={<ChevronRight size={16} aria-hidden="true" />}
              onPress={() => setWeek(addDays(week, 7))}
            />
          </span>
          <Select
            label={t("staffing.source")}
            labelHidden
            items={(settings.data?.sources ?? []).map((id) => ({ id, label: sourceName(t, id) }))}
            value={chosen}
            onChange={setSource}
          />
          <Button
            tone="primary"
            icon={<Sparkles size={14} aria-hidden="true" />}
            isDisabled={planning || !ready}
            onPress={() => void begin()}
          >
            {t("staffing.make_plan")}
          </Button>
        </>
      }
    >
      {error && !ready ? (
        <EmptyState
          title={error.message}
          text={error.fix}
          action={<Button onPress={again}>{t("ui.retry")}</Button>}
        />
      ) : settings.data && contracts.data && shownNeeds && shownRoster && queues.data ? (
        <div className={styles.stack}>
          {plan ? (
            <PlanPanel
              plan={plan}
              shifts={planId ? shownRoster.shifts : []}
              contracts={contracts.data.items}
              zone={shownRoster.time_zone}
              onStop={() => void act(() => api.post(`/staffing/plans/${plan.id}/stop`))}
              onPublish={() =>
                void act(() => api.post(`/staffing/plans/${plan.id}/publish`), t("staffing.published_said"))
              }
              onRemove={() => {
                setShown(null);
                void act(() => api.delete(`/staffing/plans/${plan.id}`));
              }}
            />
          ) : null}
          <Tabs
            label={t("staffing.title")}
            value={tab}
            onChange={setTab}
            parts={[
              {
                id: "needs",
                label: t("staffing.tab.needs"),
                content: (
                  <NeedsPanel
                    needs={shownNeeds}
                    what={what}
                    onChange={setWhat}
                    onSettings={() => setTab("settings")}
                  />
                ),
              },
              {
                id: "roster",
                label: t("staffing.tab.roster"),
                content: (
                  <RosterTab
                    roster={shownRoster}
                    contracts={contracts.data.items}
                    days={daysFrom(week)}
                    plan_id={planId}
                    onSaved={again}
                    files={
                      <span className={styles.actions}>
                        {(["csv", "ics"] as const).map((kind) => (
                          <a key={kind} className={styles.file} href={file(kind)} download>
                            <Download size={14} aria-hidden="true" />
                            {t(`staffing.file.${kind}`)}
                          </a>
                        ))}
                      </span>
                    }
                  />
                ),
              },
              {
                id: "adherence",
                label: t("staffing.tab.adherence"),
                content: <AdherencePanel today={dayIn(shownRoster.time_zone, new Date())} />,
              },
              {
                id: "contracts",
                label: t("staffing.tab.contracts"),
                content: (
                  <ContractsPanel
                    contracts={contracts.data.items}
                    settings={settings.data.settings}
                    onSaved={() => refresh("/staffing")}
                  />
                ),
              },
              {
                id: "settings",
                label: t("staffing.tab.settings"),
                content: (
                  <SettingsPanel
                    key={settings.data.version}
                    answer={settings.data}
                    queues={queues.data.items}
                    onSaved={() => refresh("/staffing")}
                  />
                ),
              },
            ]}
          />
        </div>
      ) : (
        <p aria-busy="true" className={styles.quiet}>
          {t("ui.loading")}
        </p>
      )}
    </Page>
  );
}

function sourceName(t: ReturnType<typeof useT>, id: string): string {
  if (id === "history" || id === "described" || id === "forecast" || id === "twin")
    return t(`staffing.source.${id}`);
  return id;
}
