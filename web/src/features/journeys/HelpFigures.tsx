/** How a help page does: what was counted on it in the last four weeks, by version, and where it is read. */
import { useState } from "react";
import { useResource } from "@/api/resource";
import { formatNumber } from "@/i18n/format";
import { useLocale, useT } from "@/i18n/t";
import { byVersion, countsAddress, HAPPENED, type HelpCounts, helpAddress } from "./help";
import styles from "./help.module.css";

export function HelpFigures({ id }: { id: string }) {
  const t = useT();
  const locale = useLocale();
  const [address] = useState(() => countsAddress(id, new Date()));
  const { data, error } = useResource<HelpCounts>(address, 60_000);
  const versions = byVersion(data?.items ?? []);
  return (
    <section className={styles.figures} aria-labelledby="help-figures">
      <div className={styles.top}>
        <h3 id="help-figures">{t("journeys.help.title")}</h3>
        {data?.key ? (
          <a href={helpAddress(locale, id, data.key)} target="_blank" rel="noopener">
            {t("journeys.help.open")}
          </a>
        ) : null}
      </div>
      {error ? <p role="alert">{error.message}</p> : null}
      {data && data.key === null ? <p>{t("journeys.help.no_widget")}</p> : null}
      {data && versions.length === 0 ? <p>{t("journeys.help.none")}</p> : null}
      {versions.length > 0 ? (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("journeys.versions")}</th>
                {HAPPENED.map((what) => (
                  <th key={what} scope="col">
                    {t(`journeys.help.${what}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {versions.map(([version, sums]) => (
                <tr key={version}>
                  <th scope="row">{t("journeys.version", { number: version })}</th>
                  {HAPPENED.map((what) => (
                    <td key={what}>{formatNumber(sums[what])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  );
}
