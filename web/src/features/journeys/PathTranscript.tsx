/** A path to a problem, told as the conversation it is. */
import { useT } from "@/i18n/t";
import { type Problem, transcriptLines } from "./check";
import styles from "./transcript.module.css";

export function PathTranscript({ transcript }: Pick<Problem, "transcript">) {
  const t = useT();
  return (
    <ol className={styles.transcript} aria-label={t("journeys.transcript")}>
      {transcriptLines(transcript).map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a finished transcript never move.
        <li key={at} className={styles[line.who]}>
          {line.text}
        </li>
      ))}
    </ol>
  );
}
