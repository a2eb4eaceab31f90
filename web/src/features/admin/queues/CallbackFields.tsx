/** How promised calls are kept. */
import type { CallbackRules } from "@/api/settings";
import { useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { type Errors, errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";

const ORDERS = ["agent_first", "customer_first"] as const;
const NUMBERS = [
  ["offer_after_s", 0, 86_400],
  ["attempts", 1, 10],
  ["retry_s", 30, 86_400],
  ["confirm_s", 15, 3600],
] as const;

export interface CallbackFieldsProps {
  callback: CallbackRules;
  onChange: (callback: CallbackRules) => void;
  errors: Errors;
  locked: boolean;
}

export function CallbackFields({ callback, onChange, errors, locked }: CallbackFieldsProps) {
  const t = useT();
  const set = (part: Partial<CallbackRules>) => onChange({ ...callback, ...part });
  return (
    <Group title={t("admin.rules.callback")} hint={t("admin.rules.callback_hint")}>
      <Switch
        label={t("admin.rules.offered")}
        on={callback.offered}
        onChange={(offered) => set({ offered })}
        disabled={locked}
      />
      {callback.offered ? (
        <Columns>
          <Select
            label={t("admin.rules.order")}
            items={ORDERS.map((id) => ({ id, label: t(`admin.rules.order.${id}`) }))}
            value={callback.order}
            onChange={(order) => set({ order })}
            disabled={locked}
          />
          {NUMBERS.map(([field, min, max]) => (
            <NumberField
              key={field}
              label={t(`admin.rules.${field}`)}
              value={callback[field]}
              onChange={(value) => set({ [field]: value ?? Number.NaN })}
              error={errorAt(errors, `rules.callback.${field}`)}
              min={min}
              max={max}
              locked={locked}
            />
          ))}
        </Columns>
      ) : null}
    </Group>
  );
}
