/** Change one's password; every other session ends. */
import { type FormEvent, useState } from "react";
import { ApiError, api, setCsrf } from "@/api/client";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Panel } from "@/ui/Page";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import styles from "./settings.module.css";

const SHORTEST = 12;

export function PasswordPanel() {
  const t = useT();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [error, setError] = useState<string | null>(null);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    try {
      const { csrf } = await api.post<{ csrf: string }>("/auth/password", { current, new: next });
      setCsrf(csrf);
      setCurrent("");
      setNext("");
      showToast({ tone: "good", text: t("session.password_changed") });
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(`${caught.message} ${caught.fix}`);
    }
  };

  return (
    <Panel title={t("session.password")}>
      <form className={styles.fields} onSubmit={submit}>
        <TextField
          label={t("session.password_now")}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={t("session.password_new")}
          hint={t("session.password_hint", { count: SHORTEST })}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
          error={error}
        />
        <Button type="submit" isDisabled={!current || next.length < SHORTEST}>
          {t("session.password_change")}
        </Button>
      </form>
    </Panel>
  );
}
