/** `?`: every key that works now, from the same registry that makes it work. */
import { useT } from "@/i18n/t";
import { Dialog } from "@/ui/Dialog";
import { Switch } from "@/ui/Switch";
import { type CommandGroup, commandTitle, showKeys, useAllCommands } from "../commands";
import { setPreferences, usePreferences } from "../preferences";
import styles from "./palette.module.css";

const GROUPS: readonly CommandGroup[] = ["conversation", "write", "presence", "go", "view"];

export default function KeySheet({ onClose }: { onClose: () => void }) {
  const t = useT();
  const { singleKeys } = usePreferences();
  const commands = useAllCommands().filter((command) => command.keys);
  return (
    <Dialog open wide title={t("shell.keys")} onClose={onClose}>
      <Switch
        label={t("shell.single_keys")}
        on={singleKeys}
        onChange={(on) => setPreferences({ singleKeys: on })}
      />
      <div className={styles.sheet}>
        {GROUPS.map((group) => {
          const rows = commands.filter((command) => command.group === group);
          if (rows.length === 0) return null;
          return (
            <section key={group} className={styles.sheetGroup}>
              <h3>{t(`shell.group.${group}`)}</h3>
              <dl>
                {rows.map((command) => (
                  <div key={command.id} className={styles.sheetRow}>
                    <dt>{commandTitle(command)}</dt>
                    <dd>
                      <kbd className={styles.keys}>{showKeys(command.keys)}</kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
