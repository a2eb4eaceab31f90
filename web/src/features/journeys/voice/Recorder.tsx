/** A button that records from the microphone, and says for how long. */
import { Mic, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { beginTake, MOST_S, type Take } from "./microphone";
import styles from "./voice.module.css";

export interface RecorderProps {
  language: string;
  busy: boolean;
  /** Run before the microphone opens, so that it hears nothing of ours. */
  before: () => void;
  onTake: (wav: Blob) => void;
}

export function Recorder({ language, busy, before, onTake }: RecorderProps) {
  const t = useT();
  const [since_ms, setSince] = useState<number | null>(null);
  const [seconds, setSeconds] = useState(0);
  const [refused, setRefused] = useState(false);
  const take = useRef<Take | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      take.current?.drop();
    };
  }, []);
  const begin = async () => {
    before();
    setRefused(false);
    try {
      const begun = await beginTake();
      if (gone.current) begun.drop();
      else {
        take.current = begun;
        setSeconds(0);
        setSince(Date.now());
      }
    } catch {
      setRefused(true);
    }
  };
  const finish = async () => {
    const ended = take.current;
    take.current = null;
    setSince(null);
    try {
      const wav = await ended?.finish();
      if (wav && !gone.current) onTake(wav);
    } catch {
      setRefused(true);
    }
  };
  const end = useRef(finish);
  end.current = finish;
  useEffect(() => {
    if (since_ms === null) return;
    const timer = setInterval(() => {
      const passed = Math.floor((Date.now() - since_ms) / 1000);
      setSeconds(passed);
      if (passed >= MOST_S) void end.current();
    }, 250);
    return () => clearInterval(timer);
  }, [since_ms]);
  return (
    <>
      {since_ms === null ? (
        <Button
          icon={<Mic size={14} aria-hidden="true" />}
          aria-label={t("journeys.voice.record_of", { language })}
          isPending={busy}
          onPress={() => void begin()}
        >
          {t("journeys.voice.record")}
        </Button>
      ) : (
        <>
          <Button
            tone="danger"
            icon={<Square size={14} aria-hidden="true" />}
            aria-label={t("journeys.voice.finish_of", { language })}
            autoFocus
            onPress={() => void finish()}
          >
            {t("journeys.voice.finish")}
          </Button>
          <span className={styles.hint} role="timer">
            {t("journeys.voice.recording", { seconds, most: MOST_S })}
          </span>
        </>
      )}
      {refused ? (
        <p className={styles.problem} role="alert">
          {t("journeys.voice.no_microphone")}
        </p>
      ) : null}
    </>
  );
}
