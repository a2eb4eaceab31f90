/** The ledger: as what every open contact is accounted, and what had to be repaired. */
import { useEffect } from "react";
import { useResource } from "@/api/resource";
import { formatAgo, formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { type State, StateChip } from "@/ui/StateChip";
import { Accounts } from "./Accounts";
import { Alarms } from "./Alarms";
import { type LedgerAnswer, type Verdict, verdictOf } from "./ledger";
import styles from "./ledger.module.css";

const EVERY_MS = 5000;
const STATES: Readonly<Record<Verdict, State>> = { ok: "ok", late: "late", overdue: "late", none: "wait" };

function Head({ ledger }: { ledger: LedgerAnswer }) {
  const t = useT();
  const now = useServerNow();
  const verdict = verdictOf(ledger, now);
  const ago = ledger.checked_at ? formatAgo(ledger.checked_at, now) : "";
  const orphans = ledger.counts.orphans ?? 0;
  return (
    <div className={styles.head}>
      <div className={styles.verdict} role="status">
        <StateChip state={STATES[verdict]}>
          {verdict === "late" ? t("ledger.late", { count: orphans }) : t(`ledger.${verdict}`)}
        </StateChip>
        <p>
          {verdict === "ok" ? t("ledger.ok_text", { count: ledger.counts.open ?? 0 }) : null}
          {verdict === "late" ? t("ledger.late_text") : null}
          {verdict === "overdue" ? t("ledger.overdue_text", { ago }) : null}
          {verdict === "none" ? t("ledger.none_text") : null}
        </p>
      </div>
      {ledger.checked_at ? <span className={styles.quiet}>{t("ledger.checked", { ago })}</span> : null}
      <span className={styles.quiet}>
        {t("ledger.repaired_today")} <b>{formatNumber(ledger.counts.repaired_today ?? 0)}</b>
      </span>
    </div>
  );
}

export default function LedgerPage() {
  const t = useT();
  const { data, error, reload } = useResource<LedgerAnswer>("/ledger", 0);
  useEffect(() => {
    const timer = setInterval(() => void reload(), EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return (
    <Page title={t("shell.ledger")}>
      <div className={styles.ledger}>
        <p className={styles.lead}>{t("ledger.lead")}</p>
        {error ? (
          <EmptyState
            title={t("ledger.failed")}
            text={`${error.message} ${error.fix}`}
            action={<Button onPress={() => void reload()}>{t("ui.retry")}</Button>}
          />
        ) : data ? (
          <>
            <Head ledger={data} />
            <Accounts counts={data.counts} />
            <section className={styles.section} aria-labelledby="ledger-alarms">
              <h2 id="ledger-alarms">{t("ledger.alarms")}</h2>
              <Alarms alarms={data.alarms} />
            </section>
          </>
        ) : (
          <p aria-busy="true" className={styles.quiet}>
            {t("ui.loading")}
          </p>
        )}
      </div>
    </Page>
  );
}
