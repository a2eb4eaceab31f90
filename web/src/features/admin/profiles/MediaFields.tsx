/** Weights, what fills a person alone, and the interrupt matrix, for the channels this profile serves. */
import { nameOfChannel } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { Checkbox } from "@/ui/Switch";
import styles from "../crud/crud.module.css";
import { type Errors, errorAt } from "../crud/errors";
import { Columns, Group, NumberField } from "../crud/fields";
import { mayInterrupt, withExclusive, withInterrupt, withWeight } from "./media";
import type { ProfileDraft } from "./ProfilesSection";

export interface MediaFieldsProps {
  draft: ProfileDraft;
  set: (part: Partial<ProfileDraft>) => void;
  errors: Errors;
  locked: boolean;
}

export function MediaFields({ draft, set, errors, locked }: MediaFieldsProps) {
  const t = useT();
  const { media } = draft;
  const channels = Object.keys(draft.capacity).filter((channel) => (draft.capacity[channel] ?? 0) > 0);
  return (
    <Group title={t("admin.media.title")} hint={t("admin.media.hint")}>
      <Columns>
        <NumberField
          label={t("admin.media.total")}
          value={media.total}
          onChange={(total) => set({ media: { ...media, total } })}
          error={errorAt(errors, "media.total") ?? errorAt(errors, "media")}
          hint={t("admin.media.total_hint")}
          min={1}
          max={1000}
          locked={locked}
        />
        {channels.map((channel) => (
          <NumberField
            key={channel}
            label={t("admin.media.weight", { channel: nameOfChannel(channel) })}
            value={media.weights[channel] ?? null}
            onChange={(value) => set({ media: withWeight(media, channel, value) })}
            error={errorAt(errors, `media.weights.${channel}`)}
            min={0}
            max={100}
            locked={locked}
          />
        ))}
        <NumberField
          label={t("admin.media.misses")}
          value={draft.misses_allowed}
          onChange={(value) => set({ misses_allowed: value ?? Number.NaN })}
          error={errorAt(errors, "misses_allowed")}
          hint={t("admin.media.misses_hint")}
          min={1}
          max={100}
          locked={locked}
        />
      </Columns>
      {channels.map((channel) => (
        <span key={channel}>
          <Checkbox
            label={t("admin.media.exclusive", { channel: nameOfChannel(channel) })}
            on={media.exclusive.includes(channel)}
            onChange={(on) => set({ media: withExclusive(media, channel, on) })}
            disabled={locked}
          />
        </span>
      ))}
      {channels.length > 1 ? (
        <table className={styles.matrix}>
          <caption>{t("admin.media.interrupts")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("admin.media.comes")}</th>
              {channels.map((held) => (
                <th key={held} scope="col">
                  {t("admin.media.while", { channel: nameOfChannel(held) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {channels.map((comes) => (
              <tr key={comes}>
                <th scope="row">{nameOfChannel(comes)}</th>
                {channels.map((held) => (
                  <td key={held}>
                    {comes === held ? (
                      "–"
                    ) : (
                      <Checkbox
                        label={t("admin.media.cell", {
                          comes: nameOfChannel(comes),
                          held: nameOfChannel(held),
                        })}
                        labelHidden
                        on={mayInterrupt(media, comes, held)}
                        onChange={(on) => set({ media: withInterrupt(media, comes, held, on) })}
                        disabled={locked}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Group>
  );
}
