/** One prompt in three languages, side by side. */
import { useState } from "react";
import { api } from "@/api/client";
import { loadResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import type { Prompt } from "@/api/settings";
import { useCommands } from "@/app/commands";
import { hasRole } from "@/app/session";
import { LOCALES } from "@/i18n/locale";
import { locale as language, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import styles from "./journeys.module.css";
import { unevenHoles, wholeTexts } from "./prompts";
import { troubleOf } from "./trouble";
import { OnTelephone } from "./voice/OnTelephone";

const MOST_LETTERS = 4000;

export function PromptEditor({ prompt, all }: { prompt: Prompt; all: readonly Prompt[] }) {
  const t = useT();
  const [texts, setTexts] = useState(() => wholeTexts(prompt.texts));
  const { busy, refusal, send } = useSending();
  const trouble = refusal && troubleOf(refusal);
  const locked = !hasRole("designer", "admin");
  const before = wholeTexts(prompt.texts);
  const dirty = LOCALES.some((locale) => texts[locale] !== before[locale]);
  const uneven = unevenHoles(texts);
  const save = async () => {
    await send(async () => {
      await api.put(`/prompts/${prompt.key}?locale=${language()}`, { channel: prompt.channel, texts });
      await loadResource("/prompts");
      showToast({ tone: "good", text: t("journeys.prompt_saved", { key: prompt.key }) });
    });
  };
  useCommands(
    [
      {
        id: "prompts:save",
        title: "ui.save",
        group: "write",
        keys: "mod+s",
        inInputs: true,
        when: () => dirty && !busy && !locked,
        run: () => void save(),
      },
    ],
    prompt.key,
  );
  return (
    <form
      className={styles.journey}
      onSubmit={(event) => {
        event.preventDefault();
        if (dirty && !locked) void save();
      }}
    >
      <header className={styles.head}>
        <h2>
          <code>{prompt.key}</code>
        </h2>
        <StateChip state={prompt.own ? "live" : "off"}>
          {t(prompt.own ? "journeys.own" : "journeys.platform")}
        </StateChip>
        <span className={styles.quiet}>{t(`journeys.${prompt.channel}`)}</span>
        {locked ? null : (
          <span className={styles.headActions}>
            <Button isDisabled={!dirty || busy} onPress={() => setTexts(before)}>
              {t("admin.reset")}
            </Button>
            <Button tone="primary" type="submit" isDisabled={!dirty || busy}>
              {t("ui.save")}
            </Button>
          </span>
        )}
      </header>
      <p className={styles.quiet}>
        {t("journeys.prompt_hint")} {prompt.own ? null : t("journeys.prompt_platform")}
      </p>
      {trouble && !trouble.field.startsWith("texts.") ? (
        <div className={styles.failed} role="alert">
          <p>{trouble.text}</p>
          {trouble.report ? <pre className={styles.broken}>{trouble.report}</pre> : null}
        </div>
      ) : null}
      <div className={styles.languages}>
        {LOCALES.map((locale) => (
          <TextField
            key={locale}
            label={t(`shell.locale.${locale}`)}
            lang={locale}
            value={texts[locale]}
            onChange={(text) => setTexts({ ...texts, [locale]: text })}
            error={trouble?.field === `texts.${locale}` ? trouble.text : null}
            hint={t("journeys.letters", { count: [...texts[locale]].length })}
            rows={8}
            maxLength={MOST_LETTERS}
            disabled={locked}
          />
        ))}
      </div>
      {uneven.length > 0 ? (
        <p>
          <StateChip state="wait">{t("journeys.uneven", { names: uneven.join(", ") })}</StateChip>
        </p>
      ) : null}
      <OnTelephone prompt={prompt} all={all} texts={texts} saved={before} locked={locked} />
    </form>
  );
}
