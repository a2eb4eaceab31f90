/** The way in: email and password; in demo mode a role to choose. */
import { useState } from "react";
import { LOCALES } from "@/i18n/locale";
import { setLocale, useLocale, useT } from "@/i18n/t";
import { useDemo } from "../demo";
import { Mark } from "../shell/Mark";
import styles from "./login.module.css";
import { PasswordForm } from "./PasswordForm";
import { RolePicker } from "./RolePicker";

export default function LoginPage() {
  const t = useT();
  const locale = useLocale();
  const demo = useDemo();
  const [withPassword, setWithPassword] = useState(false);
  const pick = demo && !withPassword;
  return (
    <main className={styles.screen}>
      <div className={styles.brand}>
        <Mark size={30} />
        <strong>Warmline</strong>
      </div>
      <div className={styles.card}>
        <h1>{t(pick ? "session.demo_title" : "session.title")}</h1>
        {pick ? <p className={styles.lead}>{t("session.demo_lead")}</p> : null}
        {pick ? <RolePicker demo={demo} /> : <PasswordForm />}
        {demo ? (
          <button type="button" className={styles.other} onClick={() => setWithPassword(!withPassword)}>
            {t(withPassword ? "session.with_role" : "session.with_password")}
          </button>
        ) : null}
      </div>
      <fieldset className={styles.languages}>
        <legend className="visually-hidden">{t("shell.language")}</legend>
        {LOCALES.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            className={styles.language}
            aria-pressed={each === locale}
            onClick={() => void setLocale(each)}
          >
            {t(`shell.locale.${each}`)}
          </button>
        ))}
      </fieldset>
    </main>
  );
}
