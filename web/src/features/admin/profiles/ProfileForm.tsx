/** The queues of a profile in their order, and the contacts an agent may hold per channel. */
import { type Queue, type RoutingProfile, useItems } from "@/api/settings";
import { nameOfChannel } from "@/i18n/names";
import { localText, useT } from "@/i18n/t";
import { Select } from "@/ui/Select";
import { errorAt } from "../crud/errors";
import { Columns, Group, NumberField, Rows } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { Naming } from "../crud/Naming";
import { MediaFields } from "./MediaFields";
import type { ProfileDraft } from "./ProfilesSection";

const CHANNELS = ["webchat", "voice", "email", "sms", "messenger"] as const;

/** The capacity with one channel changed; a channel without a number is not served. */
export function withCapacity(
  capacity: ProfileDraft["capacity"],
  channel: string,
  value: number | null,
): ProfileDraft["capacity"] {
  const { [channel]: _before, ...rest } = capacity;
  return value === null ? rest : { ...rest, [channel]: value };
}

export function ProfileForm({ draft, set, errors, isNew, locked }: FormProps<ProfileDraft, RoutingProfile>) {
  const t = useT();
  const { data } = useItems<Queue>("/queues");
  const known = data?.items ?? [];
  const free = known.filter((queue) => !draft.queues.some((each) => each.queue_id === queue.id));
  return (
    <>
      <Group title={t("admin.profiles.what")}>
        <Naming draft={draft} set={set} errors={errors} isNew={isNew} locked={locked} />
      </Group>
      <Group title={t("admin.field.capacity")} hint={t("admin.profiles.capacity_hint")}>
        <Columns>
          {CHANNELS.map((channel) => (
            <NumberField
              key={channel}
              label={nameOfChannel(channel)}
              value={draft.capacity[channel] ?? null}
              onChange={(value) => set({ capacity: withCapacity(draft.capacity, channel, value) })}
              error={errorAt(errors, `capacity.${channel}`)}
              min={0}
              max={20}
              locked={locked}
            />
          ))}
        </Columns>
        {errors.get("capacity") ? <p role="alert">{errors.get("capacity")}</p> : null}
      </Group>
      <MediaFields draft={draft} set={set} errors={errors} locked={locked} />
      <Group title={t("admin.section.queues")} hint={t("admin.profiles.queues_hint")}>
        <Rows
          rows={draft.queues}
          keyOf={(row) => row.queue_id}
          onChange={(queues) => set({ queues })}
          addLabel={t("admin.profiles.add_queue")}
          removeLabel={t("admin.profiles.remove_queue")}
          make={() => ({ queue_id: free[0]?.id ?? "", priority: 1, delay_s: 0 })}
          max={known.length}
          locked={locked}
          empty={t("admin.profiles.no_queues")}
        >
          {(row, at, change) => (
            <>
              <Select
                label={t("board.column.queue")}
                labelHidden={at > 0}
                items={known
                  .filter((queue) => queue.id === row.queue_id || free.includes(queue))
                  .map(({ id, name }) => ({ id, label: localText(name, id) }))}
                value={row.queue_id}
                onChange={(queue_id) => change({ queue_id })}
                error={errorAt(errors, `queues.${at}.queue_id`)}
                disabled={locked}
              />
              <NumberField
                label={t("admin.field.priority")}
                labelHidden={at > 0}
                value={row.priority}
                onChange={(value) => change({ priority: value ?? Number.NaN })}
                error={errorAt(errors, `queues.${at}.priority`)}
                min={1}
                max={9}
                locked={locked}
              />
              <NumberField
                label={t("admin.field.delay_s")}
                labelHidden={at > 0}
                value={row.delay_s}
                onChange={(value) => change({ delay_s: value ?? Number.NaN })}
                error={errorAt(errors, `queues.${at}.delay_s`)}
                min={0}
                max={3600}
                locked={locked}
              />
            </>
          )}
        </Rows>
      </Group>
    </>
  );
}
