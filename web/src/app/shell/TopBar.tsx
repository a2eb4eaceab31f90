/** The top bar: search, connection, simulation, presence, account. */
import { Keyboard, Search } from "lucide-react";
import { useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { showKeys } from "../commands";
import { DESK_ROLES, hasRole, type SessionMe } from "../session";
import { AccountMenu } from "./AccountMenu";
import { AlertChip } from "./AlertChip";
import { ConnectionChip } from "./ConnectionChip";
import { DemoSwitch } from "./DemoSwitch";
import { PresenceMenu } from "./PresenceMenu";
import styles from "./shell.module.css";

export function TopBar({ me, onSearch, onKeys }: { me: SessionMe; onSearch: () => void; onKeys: () => void }) {
  const t = useT();
  return (
    <header className={styles.top}>
      <button type="button" className={styles.search} onClick={onSearch}>
        <Search size={14} aria-hidden="true" />
        <span className={styles.searchText}>{t("shell.search")}</span>
        <span className={styles.kbd} aria-hidden="true">
          {showKeys("mod+k")}
        </span>
      </button>
      <span className={styles.spacer} />
      <DemoSwitch />
      <AlertChip />
      {hasRole(...DESK_ROLES) ? <ConnectionChip /> : null}
      <PresenceMenu />
      <span className={styles.wideOnly}>
        <IconButton
          label={t("shell.keys")}
          keys="?"
          icon={<Keyboard size={16} aria-hidden="true" />}
          onPress={onKeys}
        />
      </span>
      <AccountMenu me={me} />
    </header>
  );
}
