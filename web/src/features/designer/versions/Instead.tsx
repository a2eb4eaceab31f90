/** What stands where a list would: that it is fetched, why it cannot be, or that there is nothing in it. */
import type { useItems } from "@/api/settings";
import type { Key } from "@/i18n/keys";
import { useT } from "@/i18n/t";
import styles from "./versions.module.css";

export function Instead({ told, none }: { told: Pick<ReturnType<typeof useItems>, "data" | "error">; none: Key }) {
  const t = useT();
  if (told.error) {
    return (
      <p role="alert" className={styles.problem}>
        {told.error.message} {told.error.fix}
      </p>
    );
  }
  if (told.data && told.data.items.length > 0) return null;
  return (
    <p className={styles.quiet} aria-busy={!told.data}>
      {t(told.data ? none : "ui.loading")}
    </p>
  );
}
