/** How the desk looks, sounds and listens to keys, for this person on this computer. */
import { Bell, Volume2 } from "lucide-react";
import { useState } from "react";
import { CallPart, Devices } from "@/app/calls";
import { askToNotify, canNotify } from "@/app/notify";
import { setPreferences, usePreferences } from "@/app/preferences";
import { ring, unlockSound } from "@/app/ring";
import { DESK_ROLES, hasRole, useSession } from "@/app/session";
import { isLocale, LOCALES } from "@/i18n/locale";
import { setLocale, useLocale, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Page, Panel } from "@/ui/Page";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { PasswordPanel } from "./PasswordPanel";
import { RingDevice } from "./RingDevice";
import styles from "./settings.module.css";

export default function SettingsPage() {
  const t = useT();
  const locale = useLocale();
  const { me } = useSession();
  const chosen = usePreferences();
  const [allowed, setAllowed] = useState(canNotify);
  const test = async () => {
    await unlockSound(chosen.ringDevice);
    ring(chosen.volume);
  };
  return (
    <Page title={t("session.settings")}>
      <div className={styles.panels}>
        <Panel title={t("session.look")}>
          <div className={styles.fields}>
            <p className={styles.who}>
              {me?.name} <span>{me?.email}</span>
            </p>
            <Select
              label={t("shell.language")}
              items={LOCALES.map((id) => ({ id, label: t(`shell.locale.${id}`) }))}
              value={locale}
              onChange={(id) => isLocale(id) && void setLocale(id)}
            />
            <Select
              label={t("shell.theme")}
              items={(["system", "light", "dark"] as const).map((id) => ({ id, label: t(`shell.theme.${id}`) }))}
              value={chosen.theme}
              onChange={(id) => setPreferences({ theme: id === "light" || id === "dark" ? id : "system" })}
            />
            <Switch
              label={t("session.compact")}
              on={chosen.density === "compact"}
              onChange={(on) => setPreferences({ density: on ? "compact" : "roomy" })}
            />
            <Switch
              label={t("shell.single_keys")}
              on={chosen.singleKeys}
              onChange={(on) => setPreferences({ singleKeys: on })}
            />
          </div>
        </Panel>
        <Panel title={t("session.sound")}>
          <div className={styles.fields}>
            <label className={styles.slider}>
              {t("session.volume")}
              <input
                type="range"
                min={0}
                max={1}
                step={0.1}
                value={chosen.volume}
                onChange={(event) => setPreferences({ volume: Number(event.target.value) })}
              />
            </label>
            <RingDevice />
            <Button icon={<Volume2 size={14} aria-hidden="true" />} onPress={() => void test()}>
              {t("session.test_ring")}
            </Button>
            <Switch
              label={t("session.notifications")}
              on={chosen.notifications}
              onChange={(on) => setPreferences({ notifications: on })}
            />
            {chosen.notifications && !allowed ? (
              <Button
                icon={<Bell size={14} aria-hidden="true" />}
                onPress={() => void askToNotify().then(setAllowed)}
              >
                {t("session.allow_notifications")}
              </Button>
            ) : null}
          </div>
        </Panel>
        {hasRole(...DESK_ROLES) ? (
          <CallPart>
            <Devices />
          </CallPart>
        ) : null}
        <PasswordPanel />
      </div>
    </Page>
  );
}
