/** The recordings of a contact, or one of them; opened with a reason, then played in place. */
import { AudioLines } from "lucide-react";
import { useState } from "react";
import { api } from "@/api/client";
import { useResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { formatClock, formatDateTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { OpenDialog } from "./OpenDialog";
import { Player } from "./Player";
import styles from "./recordings.module.css";
import type { Peaks } from "./wave";

interface Recording {
  id: string;
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

function One({ recording }: { recording: Recording }) {
  const t = useT();
  const sending = useSending();
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const open = (reason: string) =>
    sending.send(async () => {
      setOpened(await api.post<Opened>(`/recordings/${recording.id}/open`, { reason }));
      setAsking(false);
    });
  const seconds = recording.seconds ?? 0;
  const name = t("calls.recording_of", { at: formatDateTime(recording.started_at), long: formatClock(seconds) });
  const ready = recording.state === "ready";
  return (
    <li className={styles.one}>
      {opened ? (
        <>
          <p className={styles.title}>{name}</p>
          <Player {...opened} seconds={seconds} transcript={recording.transcript} />
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
          busy={sending.busy}
          problem={sending.problem}
          onOpen={(reason) => void open(reason)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </li>
  );
}

export interface RecordingsProps {
  contact: string;
  /** Only this one; all when left out. */
  recording?: string;
}

export default function Recordings({ contact, recording }: RecordingsProps) {
  const t = useT();
  const { data } = useResource<{ items: readonly Recording[] }>(`/contacts/${contact}/recordings`, 5000);
  const items = (data?.items ?? []).filter((each) => recording === undefined || each.id === recording);
  if (items.length === 0) return null;
  return (
    <ul className={styles.list} aria-label={t("calls.recordings")}>
      {items.map((each) => (
        <One key={each.id} recording={each} />
      ))}
    </ul>
  );
}
