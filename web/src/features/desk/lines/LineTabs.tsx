/** The queues one may take customers from, with how many wait in each. */
import { Link } from "@/app/Link";
import { formatClock } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Line } from "./lines";
import styles from "./lines.module.css";

export function LineTabs({ lines, shown }: { lines: readonly Line[]; shown: string | undefined }) {
  const t = useT();
  const now = useServerNow();
  return (
    <nav aria-label={t("lines.queues")}>
      <ul className={styles.tabs}>
        {lines.map((line) => (
          <li key={line.id}>
            <Link
              to={`/lines/${encodeURIComponent(line.id)}`}
              className={styles.tab}
              aria-current={line.id === shown ? "page" : undefined}
            >
              <span>{localText(line.name, line.id)}</span>
              <span className={styles.count}>{t("lines.count", { count: line.waiting })}</span>
              {line.longest_since ? (
                <span className={styles.clock}>{formatClock((now - Date.parse(line.longest_since)) / 1000)}</span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
