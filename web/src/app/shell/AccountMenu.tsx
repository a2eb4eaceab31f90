/** The person: language, theme, own settings, way out. */
import { LogOut, Settings } from "lucide-react";
import { useState } from "react";
import { Button } from "react-aria-components/Button";
import { isLocale, LOCALES } from "@/i18n/locale";
import { setLocale, useLocale, useT } from "@/i18n/t";
import { isOnCall } from "@/live/selectors";
import { liveState } from "@/live/store";
import { ConfirmDialog } from "@/ui/Dialog";
import { Menu } from "@/ui/Menu";
import { setPreferences, usePreferences } from "../preferences";
import { navigate } from "../router";
import { type SessionMe, signOut } from "../session";
import styles from "./shell.module.css";

const THEMES = ["system", "light", "dark"] as const;

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  if (/[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/.test(name)) return name.trim().slice(0, 1);
  return words
    .map((word) => word[0] ?? "")
    .join("")
    .slice(0, 2)
    .toUpperCase();
}

export function AccountMenu({ me }: { me: SessionMe }) {
  const t = useT();
  const locale = useLocale();
  const { theme } = usePreferences();
  const [leaving, setLeaving] = useState(false);
  const choose = (id: string) => {
    const [kind, value] = id.split(":");
    if (kind === "locale" && isLocale(value)) {
      void setLocale(value);
    }
    const chosen = THEMES.find((each) => each === value);
    if (kind === "theme" && chosen) setPreferences({ theme: chosen });
    if (kind === "me") navigate("/me");
    if (kind === "out") {
      if (isOnCall(liveState(), me.id)) setLeaving(true);
      else void signOut();
    }
  };
  return (
    <>
      <Menu
        label={t("shell.account")}
        onAction={choose}
        groups={[
          {
            id: "locale",
            label: t("shell.language"),
            entries: LOCALES.map((each) => ({
              id: `locale:${each}`,
              label: t(`shell.locale.${each}`),
              selected: each === locale,
            })),
          },
          {
            id: "theme",
            label: t("shell.theme"),
            entries: THEMES.map((each) => ({
              id: `theme:${each}`,
              label: t(`shell.theme.${each}`),
              selected: each === theme,
            })),
          },
          {
            id: "me",
            label: me.name,
            entries: [
              { id: "me", label: t("session.settings"), icon: <Settings size={14} aria-hidden="true" /> },
              { id: "out", label: t("session.sign_out"), icon: <LogOut size={14} aria-hidden="true" /> },
            ],
          },
        ]}
        trigger={
          <Button className={styles.initials}>
            <span aria-hidden="true">{initials(me.name)}</span>
            <span className="visually-hidden">{t("shell.account_of", { name: me.name })}</span>
          </Button>
        }
      />
      <ConfirmDialog
        title={t("session.in_call")}
        open={leaving}
        onClose={() => setLeaving(false)}
        confirm={t("session.sign_out")}
        onConfirm={() => void signOut()}
        danger
      >
        <p>{t("session.in_call_text")}</p>
      </ConfirmDialog>
    </>
  );
}
