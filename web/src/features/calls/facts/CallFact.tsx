/** A fact of a call in a timeline; what was recorded can be heard right there. */
import { useT } from "@/i18n/t";
import type { CallFact as Fact } from "@/live/events";
import styles from "../calls.module.css";
import Recordings from "../recordings/Recordings";
import { factText } from "./text";

export default function CallFact({ event, contact }: { event: Fact; contact: string }) {
  const t = useT();
  const text = factText(event, t);
  if (event.kind !== "voicemail_left" && event.kind !== "recording_ended") return <span>{text}</span>;
  return (
    <span className={styles.fact}>
      <span>{text}</span>
      {event.kind === "voicemail_left" && event.transcript ? <q>{event.transcript}</q> : null}
      <Recordings contact={contact} recording={event.recording_id} />
    </span>
  );
}
