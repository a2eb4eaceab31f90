/** How a queue is served, each rule with one sentence of what it does. */
import { type Queue, type QueueRules, useItems } from "@/api/settings";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import styles from "../crud/crud.module.css";
import { type Errors, errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import { CallbackFields } from "./CallbackFields";
import { Rings } from "./Rings";
import { AT_MAX_WAIT, isAdvanced, SELECTIONS } from "./rules";

const NONE = "-";
type Numbers = "weight" | "reserve" | "broadcast" | "max_wait_s" | "overflow_after_s" | "relax_skills_after_s";

export interface RulesFieldsProps {
  rules: QueueRules;
  onChange: (rules: QueueRules) => void;
  errors: Errors;
  locked: boolean;
  /** The queue itself, which cannot overflow into itself. */
  own: string;
}

export function RulesFields({ rules, onChange, errors, locked, own }: RulesFieldsProps) {
  const t = useT();
  const { data } = useItems<Queue>("/queues");
  const others = (data?.items ?? []).filter((queue) => queue.id !== own);
  const set = (part: Partial<QueueRules>) => onChange({ ...rules, ...part });
  const number = (field: Numbers, min: number, max: number, hint?: string, optional = false) => (
    <NumberField
      label={t(`admin.rules.${field}`)}
      value={rules[field]}
      onChange={(value) => set({ [field]: value ?? (optional ? null : Number.NaN) })}
      error={errorAt(errors, `rules.${field}`)}
      hint={hint}
      min={min}
      max={max}
      locked={locked}
    />
  );
  return (
    <>
      <Group title={t("admin.rules.title")} hint={t("admin.rules.hint")}>
        <Columns>
          <Select
            label={t("admin.rules.selection")}
            items={SELECTIONS.map((id) => ({ id, label: t(`admin.rules.selection.${id}`) }))}
            value={rules.selection}
            onChange={(selection) => set({ selection })}
            disabled={locked}
          />
          {number("max_wait_s", 10, 86_400, t("admin.rules.max_wait_s_hint"), true)}
          <Select
            label={t("admin.rules.at_max_wait")}
            items={AT_MAX_WAIT.map((id) => ({ id, label: t(`admin.rules.at_max_wait.${id}`) }))}
            value={rules.at_max_wait}
            onChange={(at_max_wait) => set({ at_max_wait })}
            error={errorAt(errors, "rules")}
            disabled={locked}
          />
        </Columns>
        <Columns>
          <Select
            label={t("admin.rules.overflow_queue_id")}
            items={[
              { id: NONE, label: t("admin.rules.no_overflow") },
              ...others.map(({ id, name }) => ({ id, label: localText(name, id) })),
            ]}
            value={rules.overflow_queue_id ?? NONE}
            onChange={(id) => set({ overflow_queue_id: id === NONE ? null : id })}
            error={errorAt(errors, "rules.overflow_queue_id")}
            disabled={locked}
          />
          {number("overflow_after_s", 0, 86_400, t("admin.rules.overflow_queue_id_hint"))}
          {number("relax_skills_after_s", 0, 86_400, t("admin.rules.relax_skills_after_s_hint"), true)}
        </Columns>
        <Switch
          label={t("admin.rules.leave_when_empty")}
          on={rules.leave_when_empty}
          onChange={(leave_when_empty) => set({ leave_when_empty })}
          disabled={locked}
        />
        <details className={styles.more} open={isAdvanced(rules)}>
          <summary>{t("admin.rules.advanced")}</summary>
          <Columns>
            {number("weight", 0.1, 10, t("admin.rules.weight_hint"))}
            {number("reserve", 0, 1000, t("admin.rules.reserve_hint"))}
            {number("broadcast", 1, 20, t("admin.rules.broadcast_hint"))}
          </Columns>
          <Rings rules={rules} set={set} errors={errors} locked={locked} others={others} />
        </details>
      </Group>
      <CallbackFields
        callback={rules.callback}
        onChange={(callback) => set({ callback })}
        errors={errors}
        locked={locked}
      />
    </>
  );
}
