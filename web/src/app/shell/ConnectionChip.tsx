/** Whether what is on the screen is the latest: live, catching up, offline. */
import { CloudOff, RefreshCw, Wifi } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import { serverNow_ms, useLive } from "@/live/store";
import { StateChip } from "@/ui/StateChip";
import styles from "./shell.module.css";

export function ConnectionChip() {
  const t = useT();
  const connection = useLive((state) => state.connection);
  const waiting = useLive((state) => state.outbox.length);
  const now = useServerNow();
  const [since, setSince] = useState(now);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock starts anew with each change of state.
  useEffect(() => setSince(serverNow_ms()), [connection]);
  const count = Math.max(0, Math.round((now - since) / 1000));
  return (
    <span role="status">
      {connection === "live" ? (
        <StateChip state="off" icon={<Wifi size={13} aria-hidden="true" />}>
          <span className={styles.wideOnly}>{t("shell.live")}</span>
        </StateChip>
      ) : connection === "offline" ? (
        <StateChip state="late" icon={<CloudOff size={13} aria-hidden="true" />}>
          {waiting > 0 ? t("shell.offline_waiting", { count: waiting }) : t("shell.offline")}
        </StateChip>
      ) : (
        <StateChip state="wait" icon={<RefreshCw size={13} aria-hidden="true" />}>
          <span aria-hidden="true">{t("shell.catching_up", { count })}</span>
          <span className="visually-hidden">{t("shell.catching_up_spoken")}</span>
        </StateChip>
      )}
    </span>
  );
}
