/** "The customer is typing", while they are. */
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { useLive } from "@/live/store";
import styles from "./thread.module.css";

export function TypingLine({ contact }: { contact: string }) {
  const t = useT();
  useServerNow();
  const until_ms = useLive((state) => state.typing[contact] ?? 0);
  return (
    <p className={styles.typing} role="status">
      {until_ms > Date.now() ? (
        <>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {t("thread.customer_typing")}
        </>
      ) : null}
    </p>
  );
}
