/** The outcomes an agent chooses from at the end, at most fifteen. */
import { useT } from "@/i18n/t";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Group, Languages, NO_TEXTS, Rows } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import type { QueueDraft } from "./QueuesSection";
import styles from "./queues.module.css";

const MOST = 15;

function asCode(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "_")
    .replace(/^[_-]+/, "");
}

export function Dispositions({
  draft,
  set,
  errors,
  locked,
}: Pick<FormProps<QueueDraft>, "draft" | "set" | "errors" | "locked">) {
  const t = useT();
  return (
    <Group title={t("admin.field.dispositions")} hint={t("admin.queues.outcomes_hint")}>
      <Rows
        rows={draft.dispositions}
        keyOf={(_row, at) => String(at)}
        onChange={(dispositions) => set({ dispositions })}
        addLabel={t("admin.queues.add_outcome")}
        removeLabel={t("admin.queues.remove_outcome")}
        make={() => ({ id: "", name: NO_TEXTS })}
        max={MOST}
        locked={locked}
        empty={t("admin.queues.no_outcomes")}
      >
        {(row, at, change) => (
          <div className={styles.outcome}>
            <TextField
              label={t("admin.field.id")}
              value={row.id}
              onChange={(id) => change({ id: asCode(id) })}
              error={errorAt(errors, `dispositions.${at}.id`)}
              disabled={locked}
            />
            <Languages
              label={t("admin.queues.outcome", { number: at + 1 })}
              name={`dispositions.${at}.name`}
              value={row.name}
              onChange={(name) => change({ name })}
              errors={errors}
              locked={locked}
            />
          </div>
        )}
      </Rows>
    </Group>
  );
}
