/** What callers hear of a prompt, language by language: a person's recording, or a voice. */
import { useState } from "react";
import { ApiError } from "@/api/client";
import { type Prompt, type Trilingual, useItems } from "@/api/settings";
import { LOCALES } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { PromptVoice } from "./PromptVoice";
import { isHeard, type PromptRecording } from "./recorded";
import { usePlayer } from "./usePlayer";
import styles from "./voice.module.css";

export interface OnTelephoneProps {
  prompt: Prompt;
  all: readonly Prompt[];
  /** As they are being written. */
  texts: Trilingual;
  saved: Trilingual;
  locked: boolean;
}

export function OnTelephone({ prompt, all, texts, saved, locked }: OnTelephoneProps) {
  const t = useT();
  const heard = isHeard(prompt, all);
  const { data } = useItems<PromptRecording>(heard ? "/prompt-recordings" : null);
  const player = usePlayer();
  const [problem, setProblem] = useState<string | null>(null);
  const listen = (name: string, fetched: () => Promise<Blob>) => {
    setProblem(null);
    player.play(name, fetched).catch((failure: unknown) => {
      setProblem(
        failure instanceof ApiError ? `${failure.message} ${failure.fix}` : t("journeys.voice.not_played"),
      );
    });
  };
  return (
    <fieldset className={styles.telephone}>
      <legend>{t("journeys.voice.title")}</legend>
      <p className={styles.hint}>{t(heard ? "journeys.voice.hint" : "journeys.voice.other")}</p>
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      {heard ? (
        <ul className={styles.voices}>
          {LOCALES.map((locale) => (
            <PromptVoice
              key={locale}
              prompt={prompt.key}
              locale={locale}
              text={texts[locale]}
              saved={saved[locale]}
              recording={data?.items.find((one) => one.prompt === prompt.key && one.locale === locale)}
              locked={locked}
              player={player}
              listen={listen}
            />
          ))}
        </ul>
      ) : null}
    </fieldset>
  );
}
