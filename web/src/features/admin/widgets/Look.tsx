/** The widget's colour, whether it can be read, and the launcher as visitors see it. */
import { localText, useT } from "@/i18n/t";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Group } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { beginningOf, contrastWithWhite, type WidgetDraft } from "./widget";
import styles from "./widgets.module.css";

const READABLE = 4.5;
const WIDTH = 24;

export function Look({
  draft,
  set,
  errors,
  locked,
}: Pick<FormProps<WidgetDraft>, "draft" | "set" | "errors" | "locked">) {
  const t = useT();
  const contrast = contrastWithWhite(draft.colour);
  const dark = (contrast ?? 0) >= READABLE;
  return (
    <Group title={t("admin.widgets.look")}>
      <div className={styles.look}>
        <div className={styles.colour}>
          <input
            type="color"
            className={styles.swatch}
            aria-label={t("admin.widgets.pick")}
            value={contrast === null ? "#000000" : draft.colour}
            onChange={(event) => set({ colour: event.target.value })}
            disabled={locked}
          />
          <TextField
            label={t("admin.field.colour")}
            value={draft.colour}
            onChange={(colour) => set({ colour: colour.trim() })}
            error={errorAt(errors, "colour") ?? (contrast === null ? t("admin.reason.colour") : null)}
            maxLength={7}
            disabled={locked}
          />
          {contrast === null ? null : (
            <StateChip state={dark ? "ok" : "wait"}>
              {t(dark ? "admin.widgets.white_words" : "admin.widgets.dark_words")}
            </StateChip>
          )}
        </div>
        <svg className={styles.launcher} viewBox="0 0 260 84" role="img" aria-label={t("admin.widgets.preview")}>
          <rect className={styles.bubble} x="8" y="18" width="176" height="48" rx="12" />
          <text className={styles.greeting} x="20" y="47">
            {beginningOf(localText(draft.greeting, "…"), WIDTH)}
          </text>
          <circle cx="222" cy="42" r="30" fill={contrast === null ? "none" : draft.colour} />
          <path
            className={dark ? styles.onDark : styles.onLight}
            d="M210 32h24a4 4 0 0 1 4 4v12a4 4 0 0 1-4 4h-14l-7 6v-6h-3a4 4 0 0 1-4-4V36a4 4 0 0 1 4-4z"
          />
        </svg>
      </div>
    </Group>
  );
}
