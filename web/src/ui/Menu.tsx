/** A menu of actions or choices behind a button. */
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Header } from "react-aria-components/Header";
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { classes } from "./classes";
import styles from "./listbox.module.css";

export interface MenuEntry {
  id: string;
  label: string;
  detail?: string;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  /** Set on entries that are choices: shows which one holds. */
  selected?: boolean;
}

export interface MenuGroup {
  id: string;
  label: string;
  entries: readonly MenuEntry[];
}

export interface MenuProps {
  label: string;
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  onAction: (id: string) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

export function Menu({ label, trigger, groups, onAction, open, onOpenChange }: MenuProps) {
  const named = groups.length > 1;
  return (
    <MenuTrigger isOpen={open} onOpenChange={onOpenChange}>
      {trigger}
      <Popover className={styles.popover} placement="bottom end">
        <AriaMenu className={styles.list} aria-label={label} onAction={(key) => onAction(String(key))}>
          {groups.map((group) => (
            <MenuSection key={group.id} aria-label={group.label}>
              {named ? <Header className={styles.section}>{group.label}</Header> : null}
              {group.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.label}
                  isDisabled={entry.disabled}
                  className={classes(styles.item, entry.danger && styles.danger)}
                >
                  {entry.icon}
                  <span className={styles.text}>
                    {entry.label}
                    {entry.detail ? <span className={styles.detail}>{entry.detail}</span> : null}
                  </span>
                  {entry.keys ? <kbd className={styles.keys}>{entry.keys}</kbd> : null}
                  {entry.selected ? <Check size={14} aria-hidden="true" /> : null}
                </MenuItem>
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
