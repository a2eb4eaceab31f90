/** One recording: its picture, its two sides, its speed, and what was said where that is known. */
import { Pause, Play } from "lucide-react";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { formatClock, formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { useTakesLostFocus } from "@/ui/lostFocus";
import { Segments } from "@/ui/Segments";
import { type Stereo, stereoOf } from "./audio";
import styles from "./recordings.module.css";
import { columnsOf, loudestOf, type Peaks, pathOf } from "./wave";

const COLUMNS = 240;
const BAND = 26;
const STEP_S = 5;
const SPEEDS = ["1", "1.25", "1.5", "2"] as const;
type Side = "left" | "both" | "right";
const BALANCE: Readonly<Record<Side, number>> = { left: -1, both: 0, right: 1 };

export interface PlayerProps {
  name: string;
  url: string;
  peaks: Peaks;
  seconds: number;
  transcript: string | null;
}

function Wave({ peaks, share }: { peaks: Peaks; share: number }) {
  const [left, right] = useMemo(() => {
    const loudest = loudestOf(peaks);
    return [
      pathOf(columnsOf(peaks[0], COLUMNS, loudest), 0, BAND),
      pathOf(columnsOf(peaks[1], COLUMNS, loudest), BAND, BAND),
    ];
  }, [peaks]);
  return (
    <svg
      className={styles.wave}
      viewBox={`0 0 ${COLUMNS} ${BAND * 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={left} className={styles.caller} />
      <path d={right} className={styles.ours} />
      <line x1={share * COLUMNS} x2={share * COLUMNS} y1={0} y2={BAND * 2} className={styles.head} />
    </svg>
  );
}

export function Player({ name, url, peaks, seconds, transcript }: PlayerProps) {
  const t = useT();
  const audio = useRef<HTMLAudioElement>(null);
  const place = useRef<HTMLDivElement>(null);
  useTakesLostFocus(place);
  const stereo = useRef<Stereo | null>(null);
  const [playing, setPlaying] = useState(false);
  const [at_s, setAt] = useState(0);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>("1");
  const [side, setSide] = useState<Side>("both");
  useEffect(() => () => stereo.current?.close(), []);
  const seek = (to_s: number) => {
    const wanted = Math.min(seconds, Math.max(0, to_s));
    if (audio.current) audio.current.currentTime = wanted;
    setAt(wanted);
  };
  const toggle = () => {
    if (!audio.current) return;
    if (playing) return audio.current.pause();
    stereo.current ??= stereoOf(audio.current);
    stereo.current.balance(BALANCE[side]);
    audio.current.playbackRate = Number(speed);
    void audio.current.play();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key !== " " && event.key !== "k") return;
    event.preventDefault();
    toggle();
  };
  return (
    <div ref={place} role="group" aria-label={name} tabIndex={-1} className={styles.player}>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said is shown below as text where it is known. */}
      <audio
        ref={audio}
        src={url}
        preload="auto"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
      />
      <div className={styles.track}>
        <IconButton
          label={t(playing ? "calls.player.pause" : "calls.player.play")}
          icon={playing ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
          onPress={toggle}
        />
        <div className={styles.picture}>
          <Wave peaks={peaks} share={seconds > 0 ? at_s / seconds : 0} />
          <input
            type="range"
            className={styles.seek}
            aria-label={t("calls.player.position")}
            aria-valuetext={`${formatClock(at_s)} / ${formatClock(seconds)}`}
            min={0}
            max={Math.max(1, seconds)}
            step={STEP_S}
            value={at_s}
            onChange={(event) => seek(Number(event.target.value))}
            onKeyDown={keys}
          />
        </div>
        <span className={styles.time}>
          {formatClock(at_s)} / {formatClock(seconds)}
        </span>
      </div>
      <div className={styles.controls}>
        <Segments<Side>
          label={t("calls.player.sides")}
          items={[
            { id: "left", label: t("calls.player.caller") },
            { id: "both", label: t("calls.player.both") },
            { id: "right", label: t("calls.player.ours") },
          ]}
          chosen={side}
          onChoose={(chosen) => {
            setSide(chosen);
            stereo.current?.balance(BALANCE[chosen]);
          }}
        />
        <Segments
          label={t("calls.player.speed")}
          items={SPEEDS.map((id) => ({ id, label: `${formatNumber(Number(id), 2)}×` }))}
          chosen={speed}
          onChoose={(chosen) => {
            setSpeed(chosen);
            if (audio.current) audio.current.playbackRate = Number(chosen);
          }}
        />
      </div>
      {transcript ? (
        <details className={styles.transcript}>
          <summary>{t("calls.player.transcript")}</summary>
          <p>{transcript}</p>
        </details>
      ) : (
        <p className={styles.none}>{t("calls.player.no_transcript")}</p>
      )}
    </div>
  );
}
