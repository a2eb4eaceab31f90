/** A week of staffing: what is needed and planned, with the plan that is looked at, kept fresh. */
import { useEffect, useState } from "react";
import { ApiError, api } from "@/api/client";
import { refresh, useResource } from "@/api/resource";
import type { Queue } from "@/api/settings";
import { t } from "@/i18n/t";
import { showToast } from "@/ui/toasts";
import {
  AS_SET,
  addDays,
  awaitsPublishing,
  type Contract,
  changesOf,
  dayIn,
  type Needs,
  needsPath,
  oddParts,
  type Plan,
  type Roster,
  type SettingsAnswer,
  weekOf,
} from "./staffing";
import { useKept, useSettled } from "./values";

const FRESH_MS = 30_000;
const LOOK_MS = 1000;
const SETTLE_MS = 250;

function nextWeek(): string {
  return addDays(weekOf(dayIn(Intl.DateTimeFormat().resolvedOptions().timeZone, new Date())), 7);
}

export function useWeek() {
  const [week, setWeek] = useState(nextWeek);
  const [source, setSource] = useState<string | null>(null);
  const [what, setWhat] = useState(AS_SET);
  const last = addDays(week, 6);
  const settings = useResource<SettingsAnswer>("/staffing/settings", FRESH_MS);
  const contracts = useResource<{ items: readonly Contract[] }>("/staffing/contracts", FRESH_MS);
  const queues = useResource<{ items: readonly Queue[] }>("/queues", FRESH_MS);
  const plans = useResource<{ items: readonly Plan[] }>("/staffing/plans", LOOK_MS);
  const published = useResource<Roster>(`/staffing/shifts?from=${week}&to=${last}`, FRESH_MS);
  const zone = useKept(published.data)?.time_zone;
  // One in the making or waiting to be published comes first, then the newest that says how it ended.
  const ofWeek = (plans.data?.items ?? []).filter(
    (each) => zone !== undefined && dayIn(zone, each.starts_at) <= last && dayIn(zone, each.ends_at) > week,
  );
  const plan = ofWeek.find((each) => each.status === "planning" || awaitsPublishing(each)) ?? ofWeek[0];
  const planId = plan && awaitsPublishing(plan) ? plan.id : null;
  const described = Object.keys(settings.data?.settings.described ?? {}).length > 0;
  const chosen = source ?? (described ? "described" : settings.data?.sources[0]) ?? "history";
  // What may not be says so at its field; the figures stay those of the last values that may.
  const odd = oddParts(what).length > 0;
  const settled = useSettled(useKept(odd ? undefined : what) ?? AS_SET, SETTLE_MS);
  const needs = useResource<Needs>(needsPath(week, last, chosen, settled, planId), FRESH_MS);
  const draft = useResource<Roster>(
    planId === null ? null : `/staffing/shifts?from=${week}&to=${last}&plan_id=${planId}`,
    FRESH_MS,
  );
  const shownNeeds = useKept(needs.data);
  const roster = useKept(planId === null ? published.data : draft.data);
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
  const begin = async () => {
    if (odd) showToast({ tone: "bad", text: t("staffing.odd_what_if"), fix: t("staffing.odd_what_if_fix") });
    else await beginPlan();
  };
  const beginPlan = () =>
    act(() => api.post("/staffing/plans", { first: week, last, source: chosen, what_if: changesOf(what) }));
  return {
    week,
    last,
    setWeek,
    source: chosen,
    sources: settings.data?.sources ?? [],
    setSource,
    what,
    setWhat,
    settings: settings.data,
    contracts: contracts.data?.items,
    queues: queues.data?.items,
    needs: shownNeeds,
    roster,
    plan,
    planId,
    planning,
    error: settings.error ?? contracts.error ?? queues.error ?? needs.error ?? published.error ?? plans.error,
    again,
    act,
    begin,
  };
}

export type Week = ReturnType<typeof useWeek>;
