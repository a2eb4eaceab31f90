/** As what every open contact is accounted: one bar, and one line each with its proof. */
import { formatNumber } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Panel } from "@/ui/Page";
import { type LedgerAnswer, partsOf } from "./ledger";
import styles from "./ledger.module.css";

export function Accounts({ counts }: { counts: LedgerAnswer["counts"] }) {
  const t = useT();
  const parts = partsOf(counts);
  return (
    <Panel title={t("ledger.accounts")}>
      <svg className={styles.bar} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        {parts.map(({ place, start, width }) => (
          <rect key={place} className={styles[place]} x={start} y="0" width={width} height="4" />
        ))}
      </svg>
      <table className={styles.accounts}>
        <tbody>
          {parts.map(({ place, count }) => (
            <tr key={place} className={count === 0 ? styles.none : undefined}>
              <th scope="row">
                <svg className={styles.swatch} viewBox="0 0 8 8" aria-hidden="true">
                  <rect className={styles[place]} width="8" height="8" rx="2" />
                </svg>
                {t(`ledger.place.${place}`)}
              </th>
              <td className={styles.count}>{formatNumber(count)}</td>
              <td className={styles.proof}>{t(`ledger.proof.${place}`)}</td>
            </tr>
          ))}
          <tr className={styles.sum}>
            <th scope="row">{t("ledger.total")}</th>
            <td className={styles.count}>{formatNumber(counts.open ?? 0)}</td>
            <td />
          </tr>
          <tr className={styles.aside}>
            <th scope="row">{t("ledger.place.wrap_up")}</th>
            <td className={styles.count}>{formatNumber(counts.wrap_up ?? 0)}</td>
            <td className={styles.proof}>{t("ledger.proof.wrap_up")}</td>
          </tr>
          <tr className={styles.aside}>
            <th scope="row">{t("ledger.late_timers")}</th>
            <td className={styles.count}>{formatNumber(counts.late_timers ?? 0)}</td>
            <td />
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}
