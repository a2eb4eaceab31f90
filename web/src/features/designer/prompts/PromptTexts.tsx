/** The texts of one prompt beside its step: three languages, written and spoken, listened to and recorded. */
import { useRef, useState } from "react";
import { api } from "@/api/client";
import { loadResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import type { Prompt, Trilingual } from "@/api/settings";
import { hasRole } from "@/app/session";
import { languageName } from "@/i18n/format";
import { LOCALES } from "@/i18n/locale";
import { locale as language, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { unevenHoles, wholeTexts } from "../../journeys/prompts";
import { troubleOf } from "../../journeys/trouble";
import { OnTelephone } from "../../journeys/voice/OnTelephone";
import { NAMES } from "../inspector/names";
import { type Channel, formsOf, isWhole } from "./keys";
import styles from "./prompts.module.css";
import { alike, keepUnsaved, unsavedForm, unsavedTexts } from "./unsaved";

const MOST_LETTERS = 4000;

export interface PromptTextsProps {
  promptKey: string;
  prompts: readonly Prompt[];
  /** Published journeys that say it. */
  usedBy: readonly string[];
}

export function PromptTexts({ promptKey, prompts, usedBy }: PromptTextsProps) {
  const t = useT();
  const [channel, setChannel] = useState<Channel>(() => unsavedForm(promptKey) ?? "written");
  const forms = formsOf(prompts, promptKey);
  return (
    <div className={styles.texts}>
      <Segments
        label={t("inspector.prompt_form", { key: promptKey })}
        items={(["written", "spoken"] as const).map((id) => ({ id, label: t(`journeys.${id}`) }))}
        chosen={channel}
        onChoose={setChannel}
      />
      <Form
        key={channel}
        prompt={forms[channel] ?? { key: promptKey, channel, texts: {}, own: false }}
        isNew={forms[channel] === null}
        all={prompts}
      />
      <p className={styles.hint}>
        {usedBy.length > 0
          ? t("inspector.prompt_used", { journeys: usedBy.join(", ") })
          : t("inspector.prompt_unused")}
      </p>
    </div>
  );
}

function Form({ prompt, isNew, all }: { prompt: Prompt; isNew: boolean; all: readonly Prompt[] }) {
  const t = useT();
  const before = wholeTexts(prompt.texts);
  const [texts, setOwn] = useState(() => unsavedTexts(prompt.key, prompt.channel) ?? before);
  const setTexts = (next: Trilingual) => {
    setOwn(next);
    keepUnsaved(prompt.key, prompt.channel, next, before);
  };
  const [shown, setShown] = useState(before);
  if (!alike(before, shown)) {
    // Saved elsewhere, or fetched only now: shown, unless something is being written here.
    setShown(before);
    if (alike(texts, shown)) setOwn(before);
  }
  const { busy, refusal, send } = useSending();
  const trouble = refusal && troubleOf(refusal);
  const locked = !hasRole("designer", "admin");
  const dirty = !alike(texts, before);
  const uneven = unevenHoles(texts);
  const missing = LOCALES.filter((locale) => texts[locale].trim() === "");
  const begun = missing.length < LOCALES.length;
  const room = useRef<HTMLDivElement>(null);
  // While it is under way, a second press does nothing. The button neither loses the keyboard nor tells of itself:
  // whoever goes on to the next step meanwhile would leave words behind about a button that is gone.
  const save = async () => {
    if (busy) return;
    await send(async () => {
      await api.put(`/prompts/${prompt.key}?locale=${language()}`, { channel: prompt.channel, texts });
      keepUnsaved(prompt.key, prompt.channel, texts, texts);
      await Promise.all([loadResource("/prompts"), loadResource(NAMES)]);
      // With nothing left to save, the button has nothing to do: who pressed it goes on in the texts.
      if (room.current?.contains(document.activeElement))
        room.current.parentElement?.querySelector("textarea")?.focus();
      showToast({ tone: "good", text: t("journeys.prompt_saved", { key: prompt.key }) });
    });
  };
  return (
    <>
      {isNew ? (
        <p className={styles.hint}>
          {t(prompt.channel === "spoken" ? "inspector.spoken_new" : "inspector.written_new")}
        </p>
      ) : null}
      {missing.length > 0 && (begun || prompt.channel === "written") ? (
        <p>
          <StateChip state="wait">
            {t("journeys.missing", { languages: missing.map(languageName).join(", ") })}
          </StateChip>
        </p>
      ) : null}
      {trouble && !trouble.field.startsWith("texts.") ? (
        <div className={styles.failed} role="alert">
          <p>{trouble.text}</p>
          {trouble.report ? <pre className={styles.report}>{trouble.report}</pre> : null}
        </div>
      ) : null}
      {LOCALES.map((locale) => (
        <TextField
          key={locale}
          label={t(`shell.locale.${locale}`)}
          lang={locale}
          value={texts[locale]}
          onChange={(text) => setTexts({ ...texts, [locale]: text })}
          error={trouble?.field === `texts.${locale}` ? trouble.text : null}
          rows={3}
          maxLength={MOST_LETTERS}
          disabled={locked}
        />
      ))}
      {uneven.length > 0 ? (
        <p>
          <StateChip state="wait">{t("journeys.uneven", { names: uneven.join(", ") })}</StateChip>
        </p>
      ) : null}
      {locked ? null : (
        <div ref={room} className={styles.actions}>
          <Button
            tone="primary"
            isDisabled={!dirty || !isWhole(texts)}
            onPress={() => void save()}
            aria-label={t("inspector.save_prompt", { key: prompt.key })}
          >
            {t("ui.save")}
          </Button>
          <Button isDisabled={!dirty} onPress={() => busy || setTexts(before)}>
            {t("admin.reset")}
          </Button>
          <span className={styles.hint}>
            {t(dirty && !isWhole(texts) ? "inspector.all_languages" : "inspector.at_once")}
          </span>
        </div>
      )}
      {isNew ? null : <OnTelephone prompt={prompt} all={all} texts={texts} saved={before} locked={locked} />}
    </>
  );
}
