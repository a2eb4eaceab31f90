/** Who else may be asked, the longer a customer waits. */
import type { Queue, QueueRules } from "@/api/settings";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { type Errors, errorAt } from "../crud/errors";
import { Group, NumberField, Rows } from "../crud/fields";
import { RingWho } from "./RingWho";
import { nextRing } from "./rules";

const NONE = "-";

export interface RingsProps {
  rules: QueueRules;
  set: (part: Partial<QueueRules>) => void;
  errors: Errors;
  locked: boolean;
  others: readonly Queue[];
}

export function Rings({ rules, set, errors, locked, others }: RingsProps) {
  const t = useT();
  return (
    <Group title={t("admin.rules.rings")} hint={t("admin.rules.rings_hint")}>
      <Rows
        rows={rules.rings}
        keyOf={(_ring, at) => String(at)}
        onChange={(rings) => set({ rings })}
        addLabel={t("admin.rules.add_ring")}
        removeLabel={t("admin.rules.remove_ring")}
        make={() => nextRing(rules.rings)}
        max={10}
        locked={locked}
      >
        {(ring, at, change) => (
          <>
            <NumberField
              label={t("admin.field.delay_s")}
              value={ring.after_s}
              onChange={(value) => change({ after_s: value ?? Number.NaN })}
              error={errorAt(errors, `rules.rings.${at}.after_s`)}
              min={0}
              max={86_400}
              locked={locked}
            />
            <Select
              label={t("admin.rules.ring_queue")}
              items={[
                { id: NONE, label: t("admin.rules.own_queue") },
                ...others.map(({ id, name }) => ({ id, label: localText(name, id) })),
              ]}
              value={ring.queue_id ?? NONE}
              onChange={(id) => change({ queue_id: id === NONE ? null : id })}
              error={errorAt(errors, `rules.rings.${at}.queue_id`)}
              disabled={locked}
            />
            <RingWho ring={ring} at={at} change={change} errors={errors} locked={locked} />
          </>
        )}
      </Rows>
    </Group>
  );
}
