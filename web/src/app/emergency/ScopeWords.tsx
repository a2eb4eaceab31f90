/** Whom an announcement is meant for, in words. */
import { localText, lookup, useT } from "@/i18n/t";
import { queueName } from "@/live/selectors";
import type { Scope } from "./emergency";

export function ScopeWords({ scope }: { scope: Scope }) {
  const t = useT();
  const parts = [
    scope.queues.map((id) => localText(queueName(id), id)),
    scope.journeys.map((id) => lookup(`thread.journey.${id}`) ?? id),
    scope.channels.map((id) => lookup(`desk.channel.${id}`) ?? id),
  ].filter((names) => names.length > 0);
  return <>{parts.length === 0 ? t("emergency.everybody") : parts.map((names) => names.join(", ")).join(" · ")}</>;
}
