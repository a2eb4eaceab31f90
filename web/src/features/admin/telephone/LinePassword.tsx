/** The password a line signs in with: set or removed, never read. */
import { useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { Group } from "../crud/fields";
import styles from "./telephone.module.css";

export function LinePassword({ id }: { id: string | null }) {
  const t = useT();
  const [secret, setSecret] = useState("");
  const { busy, problem, send } = useSending();
  if (id === null) {
    return (
      <Group title={t("telephone.lines.secret")}>
        <p className={styles.hint}>{t("telephone.lines.secret_later")}</p>
      </Group>
    );
  }
  const put = (next: string) =>
    send(async () => {
      await api.put(`/trunks/${id}/secret`, { secret: next });
      setSecret("");
      showToast({
        tone: "good",
        text: t(next ? "telephone.lines.secret_saved" : "telephone.lines.secret_removed"),
      });
    });
  return (
    <Group title={t("telephone.lines.secret")} hint={t("telephone.lines.secret_hint")}>
      <div className={styles.row}>
        <TextField
          label={t("telephone.lines.secret_new")}
          type="password"
          value={secret}
          onChange={setSecret}
          error={problem}
          autoComplete="new-password"
          maxLength={200}
        />
        <Button isDisabled={busy || secret === ""} onPress={() => void put(secret)}>
          {t("telephone.lines.secret_set")}
        </Button>
        <Button tone="quiet" isDisabled={busy} onPress={() => void put("")}>
          {t("telephone.lines.secret_remove")}
        </Button>
      </div>
    </Group>
  );
}
