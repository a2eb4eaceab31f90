/** Staffing: what is needed, who works when, how it went, and what it rests on. */
import { Suspense, useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { lazy } from "@/app/fetching";
import { useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { DownloadLink } from "@/ui/DownloadLink";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { type TabPart, Tabs } from "@/ui/Tabs";
import { NeedsPanel } from "./NeedsPanel";
import { PlanPanel } from "./PlanPanel";
import { dayIn, daysFrom } from "./staffing";
import styles from "./staffing.module.css";
import { useWeek } from "./useWeek";
import { WeekBar } from "./WeekBar";

// The needs are what one comes for; the other parts are fetched when they are opened.
const RosterTab = lazy(async () => ({ default: (await import("./RosterTab")).RosterTab }));
const AdherencePanel = lazy(async () => ({ default: (await import("./AdherencePanel")).AdherencePanel }));
const ContractsPanel = lazy(async () => ({ default: (await import("./ContractsPanel")).ContractsPanel }));
const SettingsPanel = lazy(async () => ({ default: (await import("./SettingsPanel")).SettingsPanel }));
const WhatIfPanel = lazy(async () => ({ default: (await import("./whatif/WhatIfPanel")).WhatIfPanel }));

export default function StaffingPage() {
  const t = useT();
  const locale = useLocale();
  const [tab, setTab] = useState("needs");
  const view = useWeek();
  const { week, last, settings, contracts, queues, needs, roster, plan, planId, again, act } = view;
  if (!settings || !contracts || !queues || !needs || !roster) {
    return (
      <Page title={t("staffing.title")} actions={<WeekBar view={view} ready={false} />}>
        {view.error ? (
          <EmptyState
            title={view.error.message}
            text={view.error.fix}
            action={<Button onPress={() => refresh("/")}>{t("ui.retry")}</Button>}
          />
        ) : (
          <p aria-busy="true" className={styles.quiet}>
            {t("ui.loading")}
          </p>
        )}
      </Page>
    );
  }
  const files = (
    <span className={styles.actions}>
      {(["csv", "ics"] as const).map((kind) => (
        <DownloadLink
          key={kind}
          href={api.url(`/staffing/shifts.${kind}`, { from: week, to: last, plan_id: planId, locale })}
        >
          {t(`staffing.file.${kind}`)}
        </DownloadLink>
      ))}
    </span>
  );
  const parts: readonly TabPart[] = [
    {
      id: "needs",
      label: t("staffing.tab.needs"),
      content: (
        <NeedsPanel needs={needs} what={view.what} onChange={view.setWhat} onSettings={() => setTab("settings")} />
      ),
    },
    {
      id: "roster",
      label: t("staffing.tab.roster"),
      content: (
        <RosterTab
          roster={roster}
          contracts={contracts}
          days={daysFrom(week)}
          plan_id={planId}
          onSaved={again}
          files={files}
        />
      ),
    },
    {
      id: "adherence",
      label: t("staffing.tab.adherence"),
      content: <AdherencePanel today={dayIn(roster.time_zone, new Date())} />,
    },
    {
      id: "contracts",
      label: t("staffing.tab.contracts"),
      content: (
        <ContractsPanel contracts={contracts} settings={settings.settings} onSaved={() => refresh("/staffing")} />
      ),
    },
    {
      id: "settings",
      label: t("staffing.tab.settings"),
      content: (
        <SettingsPanel
          key={settings.version}
          answer={settings}
          queues={queues}
          onSaved={() => refresh("/staffing")}
        />
      ),
    },
    {
      id: "twin",
      label: t("whatif.title"),
      content: <WhatIfPanel />,
    },
  ];
  return (
    <Page title={t("staffing.title")} actions={<WeekBar view={view} ready />}>
      <div className={styles.stack}>
        {plan ? (
          <PlanPanel
            plan={plan}
            shifts={planId ? roster.shifts : []}
            violations={planId ? roster.violations : []}
            contracts={contracts}
            zone={roster.time_zone}
            onStop={() => void act(() => api.post(`/staffing/plans/${plan.id}/stop`))}
            onPublish={() =>
              void act(() => api.post(`/staffing/plans/${plan.id}/publish`), t("staffing.published_said"))
            }
            onRemove={() => void act(() => api.delete(`/staffing/plans/${plan.id}`))}
          />
        ) : null}
        <Tabs
          label={t("staffing.title")}
          value={tab}
          onChange={setTab}
          parts={parts.map((part) => ({
            ...part,
            content: (
              <Suspense fallback={<p aria-busy="true">{t("ui.loading")}</p>}>
                <div className={styles.part}>{part.content}</div>
              </Suspense>
            ),
          }))}
        />
      </div>
    </Page>
  );
}
