/** When the live board alerts, queue by queue. */
import { localText, t, useT } from "@/i18n/t";
import { queueName } from "@/live/selectors";
import { CrudSection } from "../crud/CrudSection";
import { errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import type { FormProps, Kind } from "../crud/kind";
import type { SectionProps } from "../sections";
import { type Limits, METRICS, withLimit } from "./limits";

interface AlertRule {
  id: string;
  version: number;
  limits: Limits;
}

interface AlertDraft {
  limits: Limits;
}

const LEVELS = ["warn", "alarm"] as const;

function AlertForm({ draft, set, errors, locked }: FormProps<AlertDraft, AlertRule>) {
  const text = useT();
  return (
    <Group title={text("admin.alerts.limits")} hint={text("admin.alerts.hint")}>
      {METRICS.map((metric) => (
        <Columns key={metric}>
          {LEVELS.map((level) => (
            <NumberField
              key={level}
              label={text(`admin.alerts.${level}`, { metric: text(`board.metric.${metric}`) })}
              value={draft.limits[metric]?.[level] ?? null}
              onChange={(value) => set({ limits: withLimit(draft.limits, metric, level, value) })}
              error={errorAt(errors, `limits.${metric}.${level}`)}
              min={0}
              locked={locked}
            />
          ))}
        </Columns>
      ))}
    </Group>
  );
}

const ALERTS: Kind<AlertRule, AlertDraft> = {
  section: "alerts",
  path: "/alert-rules",
  writes: ["supervisor", "admin"],
  creates: false,
  title: "admin.section.alerts",
  add: "admin.section.alerts",
  empty: "admin.queues.empty",
  emptyText: "admin.alerts.empty_text",
  removeTitle: "admin.alerts.reset",
  idOf: (rule) => rule.id,
  nameOf: (rule) => localText(queueName(rule.id), rule.id),
  detailOf: (rule) => t(rule.version === 0 ? "admin.alerts.usual" : "admin.alerts.own"),
  blank: () => ({ limits: {} }),
  draftOf: ({ limits }) => ({ limits }),
  bodyOf: ({ limits }, version) => ({ limits, version }),
  Form: AlertForm,
};

export default function AlertsSection({ id }: SectionProps) {
  return <CrudSection kind={ALERTS} id={id} />;
}
