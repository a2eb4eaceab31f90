/** Email and password. */
import { type FormEvent, useState } from "react";
import { ApiError } from "@/api/client";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import { signIn } from "../session";
import styles from "./login.module.css";

const COMPANY_KEY = "warmline.company";

export function PasswordForm() {
  const t = useT();
  const [company, setCompany] = useState(() => localStorage.getItem(COMPANY_KEY) ?? "");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<ApiError | null>(null);
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await signIn(company.trim(), email.trim(), password);
      localStorage.setItem(COMPANY_KEY, company.trim());
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      {error ? (
        <div className={styles.error} role="alert">
          <p>{error.message}</p>
          <p>{error.fix}</p>
        </div>
      ) : null}
      <TextField
        label={t("session.company")}
        name="organization"
        autoComplete="organization"
        value={company}
        onChange={setCompany}
        required
        large
        autoFocus={company === ""}
      />
      <TextField
        label={t("session.email")}
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={setEmail}
        required
        large
        autoFocus={company !== ""}
      />
      <TextField
        label={t("session.password")}
        type="password"
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={setPassword}
        required
        large
      />
      <Button tone="primary" type="submit" large wide isDisabled={busy || !company || !email || !password}>
        {t("session.sign_in")}
      </Button>
    </form>
  );
}
