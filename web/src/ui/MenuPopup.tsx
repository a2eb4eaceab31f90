/** The menu itself; loaded when its button is first pointed at, focused or pressed. */
import { Check } from "lucide-react";
import { cloneElement, useEffect, useState } from "react";
import { Header } from "react-aria-components/Header";
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { classes } from "./classes";
import styles from "./listbox.module.css";
import type { MenuProps } from "./Menu";

export interface MenuPopupProps extends MenuProps {
  /** The button had focus when this took over. */
  focused: boolean;
  /** The button was pressed before this was there. */
  pressed: boolean;
}

export default function MenuPopup({ label, trigger, groups, onAction, focused, pressed }: MenuPopupProps) {
  const named = groups.length > 1;
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (pressed) setOpen(true);
  }, [pressed]);
  return (
    <MenuTrigger isOpen={open} onOpenChange={setOpen}>
      {cloneElement(trigger, { autoFocus: focused })}
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
