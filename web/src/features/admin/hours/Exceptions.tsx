/** Single days that differ from the week; without hours they are closed. */
import { Plus, Trash2 } from "lucide-react";
import { localText, useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Group, Languages, NO_TEXTS } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import type { Exceptional } from "./calendar";
import type { CalendarDraft } from "./HoursSection";
import styles from "./hours.module.css";
import { Spans } from "./Spans";

const MOST = 400;

export function Exceptions({
  draft,
  set,
  errors,
  locked,
}: Pick<FormProps<CalendarDraft>, "draft" | "set" | "errors" | "locked">) {
  const t = useT();
  const days = draft.exceptions;
  const change = (at: number, part: Partial<Exceptional>) =>
    set({ exceptions: days.map((day, index) => (index === at ? { ...day, ...part } : day)) });
  return (
    <Group title={t("admin.field.exceptions")} hint={t("admin.hours.exceptions_hint")}>
      {days.map((day, at) => {
        const name = localText(day.name, day.date) || t("admin.hours.exception", { number: at + 1 });
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: while it is typed, neither date nor name is an identity.
          <div key={at} className={styles.exception}>
            <TextField
              label={t("admin.field.date")}
              type="date"
              value={day.date}
              onChange={(date) => change(at, { date })}
              error={errorAt(errors, `exceptions.${at}.date`)}
              disabled={locked}
            />
            <Languages
              label={t("admin.field.name")}
              name={`exceptions.${at}.name`}
              value={day.name}
              onChange={(next) => change(at, { name: next })}
              errors={errors}
              locked={locked}
            />
            {locked ? null : (
              <IconButton
                label={t("admin.hours.remove_exception", { day: name })}
                icon={<Trash2 size={14} aria-hidden="true" />}
                onPress={() => set({ exceptions: days.filter((_day, index) => index !== at) })}
              />
            )}
            <Spans
              label={name}
              spans={day.spans}
              onChange={(spans) => change(at, { spans })}
              error={errorAt(errors, `exceptions.${at}.spans`)}
              locked={locked}
            />
          </div>
        );
      })}
      {locked || days.length >= MOST ? null : (
        <span>
          <Button
            icon={<Plus size={14} aria-hidden="true" />}
            onPress={() => set({ exceptions: [...days, { date: "", name: NO_TEXTS, spans: [] }] })}
          >
            {t("admin.hours.add_exception")}
          </Button>
        </span>
      )}
    </Group>
  );
}
