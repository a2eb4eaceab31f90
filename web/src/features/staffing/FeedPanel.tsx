/** The private address that calendar programs fetch: shown once, replaced or ended at any time. */
import { CalendarPlus, Link2Off } from "lucide-react";
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { formatDate } from "@/i18n/format";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import styles from "./staffing.module.css";

export function FeedPanel({ since, onChanged }: { since: string | null; onChanged: () => void }) {
  const t = useT();
  const [url, setUrl] = useState<string | null>(null);
  const act = async (call: () => Promise<void>) => {
    try {
      await call();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      showToast({ tone: "bad", text: error.message, fix: error.fix });
    }
    onChanged();
  };
  const create = () =>
    act(async () => {
      setUrl((await api.post<{ url: string }>("/staffing/own/feed")).url);
    });
  const revoke = () =>
    act(async () => {
      await api.delete("/staffing/own/feed");
      setUrl(null);
    });
  return (
    <Panel title={t("staffing.feed")}>
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("staffing.feed_text")}</p>
        {url ? (
          <TextField
            label={t("staffing.feed_url")}
            value={url}
            onChange={() => undefined}
            hint={t("staffing.feed_once")}
          />
        ) : since ? (
          <p>{t("staffing.feed_since", { day: formatDate(since) })}</p>
        ) : null}
        <span className={styles.actions}>
          <Button icon={<CalendarPlus size={14} aria-hidden="true" />} onPress={() => void create()}>
            {since ? t("staffing.feed_renew") : t("staffing.feed_create")}
          </Button>
          {since ? (
            <Button tone="danger" icon={<Link2Off size={14} aria-hidden="true" />} onPress={() => void revoke()}>
              {t("staffing.feed_revoke")}
            </Button>
          ) : null}
        </span>
      </div>
    </Panel>
  );
}
