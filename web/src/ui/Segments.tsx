/** A few choices side by side, one of them taken. */
import styles from "./segments.module.css";

export interface SegmentsProps<Id extends string> {
  label: string;
  items: readonly { id: Id; label: string }[];
  chosen: Id | null;
  onChoose: (id: Id) => void;
}

export function Segments<Id extends string>({ label, items, chosen, onChoose }: SegmentsProps<Id>) {
  return (
    <fieldset className={styles.segments} aria-label={label}>
      {items.map((item) => (
        <button key={item.id} type="button" aria-pressed={item.id === chosen} onClick={() => onChoose(item.id)}>
          {item.label}
        </button>
      ))}
    </fieldset>
  );
}
