/** One recording: opened with a reason, then played in place. */
import { AudioLines } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { formatClock, formatDateTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { OpenDialog } from "./OpenDialog";
import { Player } from "./Player";
import styles from "./recordings.module.css";
import type { Peaks } from "./wave";

export interface Recording {
  id: string;
  what?: "call" | "voicemail";
  started_at: string;
  /** Null while it runs. */
  seconds: number | null;
  state: "running" | "ready" | "deleted";
  transcript: string | null;
}

interface Opened {
  url: string;
  peaks: Peaks;
}

export interface RecordingPartProps {
  recording: Recording;
  onOpened?: () => void;
}

export default function RecordingPart({ recording, onOpened }: RecordingPartProps) {
  const t = useT();
  const sending = useSending();
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = (reason: string) =>
    sending.send(async () => {
      setOpened(await api.post<Opened>(`/recordings/${recording.id}/open`, { reason }));
      setAsking(false);
      onOpened?.();
    });
  const seconds = recording.seconds ?? 0;
  const message = recording.what === "voicemail";
  const name = t(message ? "calls.message_of" : "calls.recording_of", {
    at: formatDateTime(recording.started_at),
    long: formatClock(seconds),
  });
  const ready = recording.state === "ready";
  return (
    <div className={styles.one}>
      {opened ? (
        <>
          <p className={styles.title}>{name}</p>
          <Player {...opened} name={name} seconds={seconds} transcript={recording.transcript} />
        </>
      ) : (
        <Button
          icon={<AudioLines size={14} aria-hidden="true" />}
          isDisabled={!ready}
          onPress={() => setAsking(true)}
        >
          {ready
            ? name
            : `${name} · ${t(recording.state === "running" ? "calls.recording_not_ready" : "calls.recording_gone")}`}
        </Button>
      )}
      {asking ? (
        <OpenDialog
          message={message}
          busy={sending.busy}
          problem={sending.problem}
          onOpen={(reason) => void open(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}
