/** The place where toasts appear; mounted once by the shell. */
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./toast.module.css";
import { closeToast, shownToasts, subscribeToasts, type ToastMessage } from "./toasts";

const ICONS = { plain: Info, good: CircleCheck, bad: CircleAlert };

function Toast({ toast }: { toast: ToastMessage }) {
  const t = useT();
  const Icon = ICONS[toast.tone];
  useEffect(() => {
    if (toast.stays_ms === null) return;
    const timer = window.setTimeout(() => closeToast(toast.id), toast.stays_ms);
    return () => window.clearTimeout(timer);
  }, [toast]);
  return (
    <li className={classes(styles.toast, toast.tone !== "plain" && styles[toast.tone])}>
      <Icon size={16} className={styles.icon} aria-hidden="true" />
      <div className={styles.text} role={toast.tone === "bad" ? "alert" : "status"}>
        <p>{toast.text}</p>
        {toast.fix ? <p className={styles.fix}>{toast.fix}</p> : null}
      </div>
      {toast.action ? (
        <Button
          tone="quiet"
          onPress={() => {
            closeToast(toast.id);
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </Button>
      ) : null}
      <IconButton
        label={t("ui.close")}
        icon={<X size={14} aria-hidden="true" />}
        onPress={() => closeToast(toast.id)}
      />
    </li>
  );
}

export function ToastRegion() {
  const t = useT();
  const toasts = useSyncExternalStore(subscribeToasts, shownToasts);
  return (
    <section aria-label={t("ui.messages")} className={styles.region}>
      <ul>
        {toasts.map((toast) => (
          <Toast key={toast.id} toast={toast} />
        ))}
      </ul>
    </section>
  );
}
