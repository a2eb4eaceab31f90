/** The list inside the macro picker; loaded when it is first opened. */
import { useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { TextField } from "react-aria-components/TextField";
import { matches } from "@/api/match";
import { localText, useT } from "@/i18n/t";
import list from "@/ui/listbox.module.css";
import { ScrollRoom } from "@/ui/ScrollRoom";
import styles from "./composer.module.css";
import type { Macro } from "./macros";

export interface MacroListProps {
  macros: readonly Macro[];
  onPick: (macro: Macro) => void;
  onClose: () => void;
}

function name(macro: Macro): string {
  return `${macro.shortcut} ${localText(macro.title)}`;
}

export default function MacroList({ macros, onPick, onClose }: MacroListProps) {
  const t = useT();
  const [query, setQuery] = useState("");
  const found = macros.filter((macro) => matches(name(macro), query));
  return (
    <ModalOverlay className={styles.macroOverlay} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles.macros}>
        <Dialog className={styles.macroDialog} aria-label={t("composer.insert_macro")}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField aria-label={t("composer.macro_search")} autoFocus>
              <Input className={styles.macroInput} placeholder={t("composer.macro_search")} />
            </TextField>
            <ScrollRoom label={t("composer.macro")} className={styles.macroRoom}>
              <Menu
                className={styles.macroMenu}
                aria-label={t("composer.macro")}
                renderEmptyState={() => (
                  <div className={list.empty}>
                    {t(macros.length === 0 ? "composer.no_macros" : "ui.nothing_found")}
                  </div>
                )}
              >
                {found.map((macro) => (
                  <MenuItem
                    key={macro.id}
                    id={macro.id}
                    textValue={name(macro)}
                    className={list.item}
                    onAction={() => {
                      onClose();
                      // The list gives focus back first; the text takes it after that.
                      setTimeout(() => onPick(macro), 0);
                    }}
                  >
                    <span className={list.text}>
                      {localText(macro.title)}
                      <span className={list.detail}>{localText(macro.texts)}</span>
                    </span>
                    <kbd className={list.keys}>/{macro.shortcut}</kbd>
                  </MenuItem>
                ))}
              </Menu>
            </ScrollRoom>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
