/** The recordings of a contact, or one of them. */
import { useResource } from "@/api/resource";
import { useT } from "@/i18n/t";
import RecordingPart, { type Recording } from "./RecordingPart";
import styles from "./recordings.module.css";

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
        <li key={each.id}>
          <RecordingPart recording={each} />
        </li>
      ))}
    </ul>
  );
}
