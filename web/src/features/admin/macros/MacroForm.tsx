/** A macro: shortcut, title, and its texts with variables put in by button; below, how customers read it. */
import { Braces } from "lucide-react";
import { type SyntheticEvent, useRef } from "react";
import { isLocale, LOCALES, type Locale } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { errorAt } from "../crud/errors";
import { Columns, Group, Languages } from "../crud/fields";
import type { FormProps } from "../crud/kind";
import { filled, type Macro, type MacroDraft, unknownPlaceholders, VARIABLES, withVariable } from "./macro";
import styles from "./macros.module.css";

const SAMPLE_NAMES: Readonly<Record<Locale, readonly [customer: string, agent: string]>> = {
  ko: ["서유진", "김서윤"],
  ja: ["佐藤 美咲", "森田 健"],
  en: ["Maria Lopez", "Emma Clarke"],
};

function samplesFor(locale: Locale): Readonly<Record<string, string>> {
  const [customer, agent] = SAMPLE_NAMES[locale];
  return {
    "customer.name": customer,
    "agent.name": agent,
    "contact.id": "01a1ffe0",
    "contact.order.number": "536365",
  };
}

export function MacroForm({ draft, set, errors, locked }: FormProps<MacroDraft, Macro>) {
  const t = useT();
  const writing = useRef<HTMLTextAreaElement | null>(null);

  const remember = (event: SyntheticEvent) => {
    if (event.target instanceof HTMLTextAreaElement) writing.current = event.target;
  };
  const insert = (name: string) => {
    const area = writing.current;
    const language = area?.lang;
    if (!area || !isLocale(language)) {
      const first = LOCALES[0];
      set({ texts: { ...draft.texts, [first]: `${draft.texts[first]}{${name}}` } });
      return;
    }
    const { text, cursor } = withVariable(draft.texts[language], name, area.selectionStart, area.selectionEnd);
    set({ texts: { ...draft.texts, [language]: text } });
    requestAnimationFrame(() => {
      area.focus();
      area.setSelectionRange(cursor, cursor);
    });
  };

  return (
    <>
      <Group title={t("admin.macros.what")}>
        <Columns>
          <TextField
            label={t("admin.field.shortcut")}
            value={draft.shortcut}
            onChange={(shortcut) => set({ shortcut: shortcut.replace(/[\s/]/g, "") })}
            error={errorAt(errors, "shortcut")}
            hint={t("admin.macros.shortcut_hint")}
            maxLength={32}
            disabled={locked}
          />
        </Columns>
        <Languages
          label={t("admin.field.title")}
          name="title"
          value={draft.title}
          onChange={(title) => set({ title })}
          errors={errors}
          locked={locked}
        />
      </Group>
      <Group title={t("admin.field.texts")} hint={t("admin.macros.texts_hint")}>
        {locked ? null : (
          <div className={styles.variables}>
            {VARIABLES.map((name) => (
              <Button key={name} icon={<Braces size={13} aria-hidden="true" />} onPress={() => insert(name)}>
                {t(`admin.variable.${name}`)}
              </Button>
            ))}
          </div>
        )}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: only remembers where the cursor was in the fields inside. */}
        <div onFocus={remember} onSelect={remember}>
          <Languages
            label={t("admin.field.texts")}
            name="texts"
            value={draft.texts}
            onChange={(texts) => set({ texts })}
            errors={errors}
            locked={locked}
            rows={6}
            maxLength={4000}
          />
        </div>
        <ul className={styles.previews} aria-label={t("admin.macros.preview")}>
          {LOCALES.map((each) => {
            const unknown = unknownPlaceholders(draft.texts[each]);
            return (
              <li key={each} className={styles.preview}>
                <p lang={each}>{filled(draft.texts[each], samplesFor(each)) || "…"}</p>
                {unknown.length > 0 ? (
                  <p className={styles.unknown}>{t("admin.reason.placeholder", { name: unknown.join(", ") })}</p>
                ) : null}
              </li>
            );
          })}
        </ul>
      </Group>
    </>
  );
}
