/** One prompt in one language on the telephone: listen, record, upload, remove. */
import { Play, Square, Trash2, Volume2 } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { loadResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { formatDate, formatNumber } from "@/i18n/format";
import type { Locale } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { type State, StateChip } from "@/ui/StateChip";
import { showToast } from "@/ui/toasts";
import { holesOf } from "../prompts";
import { Recorder } from "./Recorder";
import { beginningToHear, MOST_SPOKEN, type PromptRecording, type VoiceState, voiceState } from "./recorded";
import { Upload } from "./Upload";
import type { Player } from "./usePlayer";
import styles from "./voice.module.css";

const LOOKS: Record<VoiceState, State> = {
  recorded: "ok",
  stale: "wait",
  synthesised: "live",
  holes: "live",
  empty: "off",
};

export interface PromptVoiceProps {
  prompt: string;
  locale: Locale;
  /** As it is being written. */
  text: string;
  saved: string;
  recording: PromptRecording | undefined;
  locked: boolean;
  player: Player;
  listen: (name: string, fetched: () => Promise<Blob>) => void;
}

export function PromptVoice(props: PromptVoiceProps) {
  const { prompt, locale, text, saved, recording, locked, player, listen } = props;
  const t = useT();
  const [removing, setRemoving] = useState(false);
  const { busy, problem, send } = useSending();
  const language = t(`shell.locale.${locale}`);
  const state = voiceState(saved, recording);
  const names = [...holesOf(saved)].join(", ");
  const path = `/prompts/${prompt}/recordings/${locale}`;
  const keep = (wav: Blob) =>
    send(async () => {
      const form = new FormData();
      form.set("text", saved);
      form.set("file", wav, "prompt.wav");
      await api.put(path, form);
      await loadResource("/prompt-recordings");
      showToast({ tone: "good", text: t("journeys.voice.kept", { language }) });
    });
  const remove = () =>
    send(async () => {
      await api.delete(path);
      await loadResource("/prompt-recordings");
      showToast({ tone: "good", text: t("journeys.voice.removed", { language }) });
    });
  const hear = (
    name: string,
    fetched: () => Promise<Blob>,
    [play, said]: readonly [string, string],
    icon: "v" | "r",
  ) =>
    player.playing === name ? (
      <Button
        icon={<Square size={14} aria-hidden="true" />}
        aria-label={t("journeys.voice.stop_of", { language })}
        onPress={player.stop}
      >
        {t("journeys.voice.stop")}
      </Button>
    ) : (
      <Button
        icon={icon === "r" ? <Play size={14} aria-hidden="true" /> : <Volume2 size={14} aria-hidden="true" />}
        aria-label={said}
        onPress={() => listen(name, fetched)}
      >
        {play}
      </Button>
    );
  const mayRecord = !locked && (state === "synthesised" || state === "stale" || state === "recorded");
  return (
    <li className={styles.voice}>
      <div className={styles.voiceHead}>
        <b>{language}</b>
        <StateChip state={LOOKS[state]}>
          {t(`journeys.voice.${state === "holes" ? "synthesised" : state}`)}
        </StateChip>
        {recording ? (
          <span className={styles.hint}>
            {t("journeys.voice.length", {
              seconds: formatNumber(recording.duration_ms / 1000, 1),
              date: formatDate(recording.created_at),
            })}
          </span>
        ) : null}
      </div>
      {names && state !== "recorded" ? (
        <p className={styles.hint}>{t("journeys.voice.holes", { names })}</p>
      ) : null}
      {text.trim() !== "" && [...text].length > MOST_SPOKEN ? (
        <p className={styles.hint}>{t("journeys.voice.long", { count: MOST_SPOKEN })}</p>
      ) : null}
      <div className={styles.actions}>
        {recording
          ? hear(
              `${locale} recording`,
              () => api.file(path),
              [t("journeys.voice.listen"), t("journeys.voice.listen_to", { language })],
              "r",
            )
          : null}
        {text.trim() === ""
          ? null
          : hear(
              `${locale} voice`,
              () => api.file(`/prompts/${prompt}/speak`, { locale, text: beginningToHear(text) }),
              [t("journeys.voice.listen_voice"), t("journeys.voice.listen_voice_to", { language })],
              "v",
            )}
        {mayRecord && text === saved && !names ? (
          <>
            <Recorder language={language} busy={busy} before={player.stop} onTake={(wav) => void keep(wav)} />
            <Upload language={language} busy={busy} onFile={(file) => void keep(file)} />
          </>
        ) : null}
        {recording && !locked ? (
          <Button
            tone="quiet"
            icon={<Trash2 size={14} aria-hidden="true" />}
            aria-label={t("journeys.voice.remove_of", { language })}
            isPending={busy}
            onPress={() => setRemoving(true)}
          >
            {t("journeys.voice.remove")}
          </Button>
        ) : null}
      </div>
      {mayRecord && text !== saved ? <p className={styles.hint}>{t("journeys.voice.unsaved")}</p> : null}
      {problem ? (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      ) : null}
      <ConfirmDialog
        title={t("journeys.voice.remove_ask")}
        open={removing}
        onClose={() => setRemoving(false)}
        confirm={t("journeys.voice.remove")}
        danger
        onConfirm={() => void remove()}
      >
        <p>{t("journeys.voice.remove_text")}</p>
      </ConfirmDialog>
    </li>
  );
}
