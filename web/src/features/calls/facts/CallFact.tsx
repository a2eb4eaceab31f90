/** A fact of a call in a timeline; what was recorded can be heard right there. */
import { formatTime } from "@/i18n/format";
import { useT } from "@/i18n/t";
import type { CallFact as Fact } from "@/live/events";
import styles from "../calls.module.css";
import Recordings from "../recordings/Recordings";
import { factText } from "./text";

export interface CallFactProps {
  event: Fact;
  at: string;
  contact: string;
}

export default function CallFact({ event, at, contact }: CallFactProps) {
  const t = useT();
  const message = event.kind === "voicemail_left";
  // Told again with what was said: the recording itself is with the first telling.
  const recorded = (message && !event.again) || event.kind === "recording_ended";
  return (
    <>
      <span>{factText(event, t)}</span> <time dateTime={at}>{formatTime(at)}</time>
      {recorded || message ? (
        <div className={styles.fact}>
          {message && event.transcript ? <q className={styles.said}>{event.transcript}</q> : null}
          {recorded ? <Recordings contact={contact} recording={event.recording_id} /> : null}
        </div>
      ) : null}
    </>
  );
}
