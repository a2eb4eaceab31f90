/** Whom it is for: nothing ticked means all; folded until somebody wants less than everybody. */
import { type JourneyLine, type Queue, useItems } from "@/api/settings";
import { localText, lookup, useT } from "@/i18n/t";
import { Checkbox } from "@/ui/Switch";
import { type Scope, toggled } from "./emergency";
import styles from "./emergency.module.css";
import { ScopeWords } from "./ScopeWords";

const CHANNELS = ["webchat", "voice", "email", "sms", "messenger"] as const;

export interface ScopeFieldsProps {
  scope: Scope;
  onChange: (scope: Scope) => void;
  locked?: boolean;
}

export function ScopeFields({ scope, onChange, locked }: ScopeFieldsProps) {
  const t = useT();
  const queues = useItems<Queue>("/queues");
  const journeys = useItems<JourneyLine>("/journeys");
  const some = scope.queues.length + scope.journeys.length + scope.channels.length > 0;
  const kinds = [
    {
      kind: "queues" as const,
      title: t("emergency.only_queues"),
      items: (queues.data?.items ?? []).map(({ id, name }) => ({ id, label: localText(name, id) })),
    },
    {
      kind: "journeys" as const,
      title: t("emergency.only_journeys"),
      items: (journeys.data?.items ?? [])
        .filter(({ kind }) => kind === "journey")
        .map(({ id }) => ({ id, label: lookup(`thread.journey.${id}`) ?? id })),
    },
    {
      kind: "channels" as const,
      title: t("emergency.only_channels"),
      items: CHANNELS.map((id) => ({ id, label: lookup(`desk.channel.${id}`) ?? id })),
    },
  ];
  return (
    <details className={styles.scope} open={some}>
      <summary>
        {t("emergency.scope")}: <ScopeWords scope={scope} />
      </summary>
      <p className={styles.quiet}>{t("emergency.scope_hint")}</p>
      {kinds.map(({ kind, title, items }) => (
        <fieldset key={kind} className={styles.group}>
          <legend>{title}</legend>
          <div className={styles.ticks}>
            {items.map(({ id, label }) => (
              <Checkbox
                key={id}
                label={label}
                on={scope[kind].includes(id)}
                onChange={(on) => onChange({ ...scope, [kind]: toggled(scope[kind], id, on) })}
                disabled={locked}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </details>
  );
}
