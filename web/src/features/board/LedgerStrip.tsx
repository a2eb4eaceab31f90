/** The ledger in one line: is every open contact accounted for, and as what. */
import { Link } from "@/app/Link";
import { formatAgo } from "@/i18n/format";
import { nameOfStatus } from "@/i18n/names";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Ledger } from "@/live/protocol";
import { StateChip } from "@/ui/StateChip";
import styles from "./board.module.css";

const PLACES = ["queued", "journey", "survey", "callback", "wrap_up"] as const;

export function LedgerStrip({ ledger }: { ledger: Ledger }) {
  const t = useT();
  const now = useServerNow();
  const verdict =
    ledger.checked_at === null ? (
      <StateChip state="wait">{t("board.ledger_none")}</StateChip>
    ) : ledger.orphans > 0 ? (
      <StateChip state="late">{t("board.ledger_late", { count: ledger.orphans })}</StateChip>
    ) : (
      <StateChip state="ok">{t("board.ledger_ok", { count: ledger.open })}</StateChip>
    );
  return (
    <div className={styles.ledger}>
      {verdict}
      <span className={styles.places}>
        <span>
          {nameOfStatus("connected")} <b>{ledger.owned}</b>
        </span>
        {PLACES.map((place) => (
          <span key={place} className={ledger[place] === 0 ? styles.quiet : undefined}>
            {nameOfStatus(place)} <b>{ledger[place]}</b>
          </span>
        ))}
        {ledger.repaired_today > 0 ? (
          <span>{t("board.repaired_today", { count: ledger.repaired_today })}</span>
        ) : null}
      </span>
      {ledger.checked_at ? <span className={styles.quiet}>{formatAgo(ledger.checked_at, now)}</span> : null}
      <Link to="/ledger">{t("board.ledger_open")}</Link>
    </div>
  );
}
