/** How self-service ended for those who came by; together they are all of them. */
import { formatNumber, formatPercent } from "@/i18n/format";
import { nameOfEnding } from "@/i18n/names";
import { lookup, useT } from "@/i18n/t";
import type { Question } from "./Behind";
import type { JourneyMap } from "./map";
import styles from "./watch.module.css";

/** The name of how somebody left a journey. */
export function endName(how: string): string {
  return lookup(`watch.end.${how}`) ?? nameOfEnding(how);
}

export function Ends({ map, onAsk }: { map: JourneyMap; onAsk: ((question: Question) => void) | null }) {
  const t = useT();
  if (map.contacts === 0) return null;
  return (
    <ul className={styles.ends} aria-label={t("watch.ends")}>
      {map.ends.map(({ how, contacts }) => (
        <li key={how}>
          <span className={styles.endName}>{endName(how)}</span>
          <span className={styles.bar} aria-hidden="true">
            <span style={{ inlineSize: `${(100 * contacts) / map.contacts}%` }} />
          </span>
          {onAsk ? (
            <button
              type="button"
              className={styles.figure}
              aria-label={t("watch.show", {
                count: contacts,
                what: endName(how),
                place: t("watch.ends"),
              })}
              onClick={() => onAsk({ what: "end", path: null, which: how })}
            >
              {formatNumber(contacts)}
            </button>
          ) : (
            formatNumber(contacts)
          )}
          <span className={styles.quiet}>{formatPercent(contacts / map.contacts)}</span>
        </li>
      ))}
    </ul>
  );
}
