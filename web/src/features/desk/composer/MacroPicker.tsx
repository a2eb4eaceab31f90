/** The `/` list: find a macro by shortcut, title or words. */
import { Slash } from "lucide-react";
import { useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { TextField } from "react-aria-components/TextField";
import { matches } from "@/api/match";
import { localText, useT } from "@/i18n/t";
import list from "@/ui/listbox.module.css";
import styles from "./composer.module.css";
import type { Macro } from "./macros";

export interface MacroPickerProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  macros: readonly Macro[];
  onPick: (macro: Macro) => void;
}

export function MacroPicker({ open, onOpenChange, macros, onPick }: MacroPickerProps) {
  const t = useT();
  const [query, setQuery] = useState("");
  const found = macros.filter((macro) => matches(`${macro.shortcut} ${localText(macro.title)}`, query));
  const change = (next: boolean) => {
    setQuery("");
    onOpenChange(next);
  };
  return (
    <DialogTrigger isOpen={open} onOpenChange={change}>
      <Button className={styles.tool} aria-label={t("composer.insert_macro")}>
        <Slash size={14} aria-hidden="true" />
        {t("composer.macro")}
      </Button>
      <Popover className={list.popover} placement="top start">
        <Dialog className={styles.macros} aria-label={t("composer.insert_macro")}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField aria-label={t("composer.macro_search")} autoFocus>
              <Input className={styles.macroInput} placeholder={t("composer.macro_search")} />
            </TextField>
            <Menu
              className={list.list}
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
                  textValue={`${macro.shortcut} ${localText(macro.title)}`}
                  className={list.item}
                  onAction={() => {
                    change(false);
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
          </Autocomplete>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
