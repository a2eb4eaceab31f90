/** Trying the draft: as a customer in chat or on the telephone, with faults, on a clock that jumps and goes back. */
import { Clock, FlaskConical, RotateCcw, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import { formatDateTime } from "@/i18n/format";
import { LOCALES, type Locale } from "@/i18n/locale";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Segments } from "@/ui/Segments";
import { Select } from "@/ui/Select";
import { StateChip } from "@/ui/StateChip";
import { Switch } from "@/ui/Switch";
import { usePlayer } from "../../journeys/voice/usePlayer";
import type { PaneProps } from "../seams";
import { useHanded } from "./handed";
import { endName, timerName } from "./names";
import { Reply } from "./Reply";
import { SaveDialog } from "./SaveDialog";
import { Surroundings } from "./Surroundings";
import styles from "./simulator.module.css";
import { Transcript } from "./Transcript";
import { anew, backTo, type Channel, did, flattened, type Line, placeIn, trailIn, unheard } from "./talk";
import { useTalk } from "./useTalk";

const MOST_SPOKEN = 500;
const JUMPS = [
  { id: "minute", wait_s: 60 },
  { id: "quarter", wait_s: 900 },
  { id: "hour", wait_s: 3600 },
] as const;

/** Say bot lines aloud, by the voice that calls would hear; one wish at a time. */
function useVoice(locale: Locale) {
  const player = usePlayer();
  const [problem, setProblem] = useState<string | null>(null);
  const say = (lines: readonly Line[]) => {
    const spoken = lines.filter((line) => line.name !== "" && !line.name.startsWith("announcement:"));
    const last = spoken.at(-1);
    if (!last) return;
    const text = spoken
      .map((line) => line.text)
      .join(" ")
      .slice(0, MOST_SPOKEN);
    setProblem(null);
    player
      .play(last.name, () => api.file(`/prompts/${last.name}/speak`, { locale, text }))
      .catch((failure: unknown) => {
        setProblem(failure instanceof ApiError ? `${failure.message} ${failure.fix}` : String(failure));
      });
  };
  return { say, problem, stop: player.stop };
}

export default function SimulatorPane({ designer }: PaneProps) {
  const t = useT();
  const { talk, told, refused, busy, change } = useTalk(designer.journey, designer.playing, useHanded());
  const [saving, setSaving] = useState(false);
  const [sound, setSound] = useState(false);
  const cards = designer.journey.kind === "guide" || designer.journey.kind === "help";
  const phone = !cards && talk.scenery.channel === "voice";
  const voice = useVoice(told?.locale ?? talk.scenery.locale);
  const heard = useRef<readonly Line[]>([]);
  const { draw, id } = designer;

  useEffect(() => {
    const trail = told === null ? [] : trailIn(told.trace, id);
    draw(trail.length > 0 ? { of: "simulator", trail } : null);
  }, [told, id, draw]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a voice speaks when something new was said, not when it is switched on.
  useEffect(() => {
    const lines = told?.transcript ?? [];
    if (sound && phone) voice.say(unheard(heard.current, lines));
    heard.current = lines;
  }, [told]);

  const show = (line: Line) => {
    const place = placeIn(line, id);
    if (place !== null) designer.choose([place]);
  };
  const next = told?.awaited.pending[0];
  const variables = flattened(told?.variables ?? {});
  return (
    <div className={styles.simulator} aria-busy={busy}>
      <div className={styles.bar}>
        {cards ? null : (
          <Segments<Channel>
            label={t("simulator.channel")}
            items={[
              { id: "webchat", label: t("simulator.chat") },
              { id: "voice", label: t("simulator.phone") },
            ]}
            chosen={talk.scenery.channel}
            onChoose={(channel) => change(anew(talk, { channel }))}
          />
        )}
        <Select
          label={t("simulator.language")}
          labelHidden
          value={talk.scenery.locale}
          onChange={(locale) => change(anew(talk, { locale: locale as Locale }))}
          items={LOCALES.map((locale) => ({ id: locale, label: t(`shell.locale.${locale}`) }))}
        />
        <IconButton
          label={t("simulator.back")}
          icon={<Undo2 size={16} aria-hidden="true" />}
          isDisabled={talk.deeds.length === 0}
          onPress={() => change(backTo(talk, talk.deeds.length - 1))}
        />
        <IconButton
          label={t("simulator.restart")}
          icon={<RotateCcw size={16} aria-hidden="true" />}
          isDisabled={talk.deeds.length === 0}
          onPress={() => change(backTo(talk, 0))}
        />
        {phone ? <Switch label={t("simulator.sound")} on={sound} onChange={setSound} /> : null}
      </div>
      {refused !== null || voice.problem !== null ? (
        <p className={styles.refused} role="alert">
          {refused ?? voice.problem}
        </p>
      ) : null}
      {told === null ? (
        refused === null ? (
          <p aria-busy="true">{t("ui.loading")}</p>
        ) : null
      ) : (
        <>
          <div role="log" aria-live="polite">
            <Transcript
              lines={told.transcript}
              onPlace={show}
              onBack={(deed) => change(backTo(talk, deed))}
              onListen={phone ? (line) => voice.say([line]) : undefined}
            />
          </div>
          {told.ended !== null ? (
            <p>
              <StateChip state={told.problems.length > 0 ? "late" : "ok"}>
                {t("simulator.ended", { end: endName(told.ended) })}
              </StateChip>
            </p>
          ) : null}
          {told.problems.map((problem) => (
            <p key={problem} className={styles.refused} role="alert">
              {problem}
            </p>
          ))}
          <Reply told={told} phone={phone} onDo={(deed) => change(did(talk, deed))} />
          <section className={styles.part} aria-label={t("simulator.clock")}>
            <h2>
              <Clock size={14} aria-hidden="true" /> {formatDateTime(told.now)}
            </h2>
            <div className={styles.replies}>
              {JUMPS.map(({ id: jump, wait_s }) => (
                <Button key={jump} isDisabled={told.ended !== null} onPress={() => change(did(talk, { wait_s }))}>
                  {t(`simulator.jump.${jump}`)}
                </Button>
              ))}
              {next ? (
                <Button onPress={() => change(did(talk, { until_next: true }))}>
                  {t("simulator.until", { name: timerName(next.name), seconds: Math.round(next.in_s) })}
                </Button>
              ) : null}
            </div>
          </section>
          {variables.length > 0 ? (
            <details className={styles.part} open>
              <summary>{t("simulator.variables")}</summary>
              <dl className={styles.variables}>
                {variables.map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              </dl>
            </details>
          ) : null}
          <details className={styles.part}>
            <summary>{t("simulator.surroundings")}</summary>
            <Surroundings talk={talk} told={told} onChange={change} />
          </details>
          {designer.editable ? (
            <div>
              <Button
                tone="primary"
                icon={<FlaskConical size={14} aria-hidden="true" />}
                onPress={() => setSaving(true)}
              >
                {t("simulator.save")}
              </Button>
              <SaveDialog journey={id} told={told} open={saving} onClose={() => setSaving(false)} />
            </div>
          ) : null}
        </>
      )}
    </div>
  );
}
