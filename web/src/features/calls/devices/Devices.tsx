/** Where calls are heard and spoken, and whether that works, before a customer finds out. */
import { AudioLines, Mic, Repeat, Volume2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { setPreferences, usePreferences } from "@/app/preferences";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { Segments } from "@/ui/Segments";
import { Select } from "@/ui/Select";
import styles from "../calls.module.css";
import { type MicrophoneProblem, NoMicrophone } from "../phone/microphone";
import { changeMicrophone } from "../phone/phone";
import { moveSpeakers } from "../phone/speaker";
import { troubleWords } from "../words";
import { playTone, type Trial, tryMicrophone } from "./sound";

function useDevices(): readonly MediaDeviceInfo[] {
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  useEffect(() => {
    const list = () => navigator.mediaDevices?.enumerateDevices().then(setDevices);
    void list();
    navigator.mediaDevices?.addEventListener("devicechange", list);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", list);
  }, []);
  return devices;
}

function Choose({
  kind,
  value,
  onChange,
}: {
  kind: "microphone" | "speaker";
  value: string;
  onChange: (id: string) => void;
}) {
  const t = useT();
  const wanted = kind === "microphone" ? "audioinput" : "audiooutput";
  const devices = useDevices().filter(
    (each) => each.kind === wanted && each.deviceId && each.deviceId !== "default",
  );
  return (
    <Select
      label={t(`calls.${kind}`)}
      items={[
        { id: "default", label: t("calls.system_default") },
        ...devices.map((each, index) => ({
          id: each.deviceId,
          label: each.label || t("calls.unnamed_device", { number: index + 1 }),
        })),
      ]}
      value={value || "default"}
      onChange={(id) => onChange(id === "default" ? "" : id)}
    />
  );
}

/** So loud is speech; heard once, it counts for a moment, or the words would flicker with every breath. */
const SPEECH = 0.25;
const HEARD_MS = 3000;

function Try() {
  const t = useT();
  const [level, setLevel] = useState<number | null>(null);
  const heard_ms = useRef(0);
  const [echo, setEcho] = useState(false);
  const [problem, setProblem] = useState<MicrophoneProblem | null>(null);
  const trial = useRef<Trial | null>(null);
  const stop = () => {
    trial.current?.stop();
    trial.current = null;
    setLevel(null);
    setEcho(false);
  };
  useEffect(() => () => trial.current?.stop(), []);
  const start = async (withEcho: boolean) => {
    stop();
    setProblem(null);
    try {
      trial.current = await tryMicrophone(withEcho, (loud) => {
        if (loud > SPEECH) heard_ms.current = Date.now();
        setLevel(loud);
      });
      setEcho(withEcho);
      setLevel(0);
    } catch (error) {
      if (!(error instanceof NoMicrophone)) throw error;
      setProblem(error.problem);
    }
  };
  const words = problem && troubleWords(problem, t);
  const heard = Date.now() - heard_ms.current < HEARD_MS;
  const said = t(level === null ? "calls.level_off" : heard ? "calls.level_heard" : "calls.level_quiet");
  return (
    <div className={styles.try}>
      <meter
        className={styles.meter}
        aria-label={t("calls.level")}
        min={0}
        max={1}
        value={level ?? 0}
        aria-valuetext={said}
      />
      <p className={styles.quiet} role="status">
        {said}
      </p>
      <div className={styles.tryButtons}>
        {level === null ? (
          <>
            <Button icon={<Mic size={14} aria-hidden="true" />} onPress={() => void start(false)}>
              {t("calls.try_microphone")}
            </Button>
            <Button icon={<Repeat size={14} aria-hidden="true" />} onPress={() => void start(true)}>
              {t("calls.try_echo")}
            </Button>
          </>
        ) : (
          <Button icon={<AudioLines size={14} aria-hidden="true" />} onPress={stop}>
            {t("calls.try_stop")}
          </Button>
        )}
        <Button icon={<Volume2 size={14} aria-hidden="true" />} onPress={() => void playTone()}>
          {t("calls.try_tone")}
        </Button>
      </div>
      {echo ? <p className={styles.quiet}>{t("calls.echo_text")}</p> : null}
      {words ? (
        <p role="alert" className={styles.problem}>
          <strong>{words.text}</strong> {words.fix}
        </p>
      ) : null}
    </div>
  );
}

export default function Devices() {
  const t = useT();
  const { callsOn, microphone, speaker } = usePreferences();
  return (
    <Panel title={t("calls.devices")}>
      <div className={styles.fields}>
        <Segments
          label={t("calls.calls_on")}
          items={[
            { id: "browser", label: t("calls.on_browser") },
            { id: "phone", label: t("calls.on_phone") },
          ]}
          chosen={callsOn}
          onChoose={(chosen) => setPreferences({ callsOn: chosen })}
        />
        <p className={styles.quiet}>{t(callsOn === "phone" ? "calls.on_phone_text" : "calls.on_browser_text")}</p>
        {callsOn === "browser" ? (
          <>
            <Choose
              kind="microphone"
              value={microphone}
              onChange={(id) => {
                setPreferences({ microphone: id });
                void changeMicrophone();
              }}
            />
            <Choose
              kind="speaker"
              value={speaker}
              onChange={(id) => {
                setPreferences({ speaker: id });
                moveSpeakers();
              }}
            />
            <Try />
          </>
        ) : null}
      </div>
    </Panel>
  );
}
