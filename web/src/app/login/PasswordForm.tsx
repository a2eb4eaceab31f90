/** Email and password. */
import { type FormEvent, useState } from "react";
import { useSending } from "@/api/sending";
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
  const { busy, refusal, send } = useSending();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await send(async () => {
      await signIn(company.trim(), email.trim(), password);
      localStorage.setItem(COMPANY_KEY, company.trim());
    });
  };

  return (
    <form className={styles.form} onSubmit={submit}>
      {refusal ? (
        <div className={styles.error} role="alert">
          <p>{refusal.message}</p>
          <p>{refusal.fix}</p>
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
