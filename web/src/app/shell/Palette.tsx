/** ⌘K: every command, every macro, customers and contacts, in one list. */
import { MessageSquare, Search, User } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Autocomplete } from "react-aria-components/Autocomplete";
import { Dialog } from "react-aria-components/Dialog";
import { Header } from "react-aria-components/Header";
import { Input } from "react-aria-components/Input";
import { Menu, MenuItem, MenuSection } from "react-aria-components/Menu";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { TextField } from "react-aria-components/TextField";
import { matches } from "@/api/match";
import { telling, useSearch } from "@/api/search";
import { formatShort } from "@/i18n/format";
import { nameOfCustomer } from "@/i18n/names";
import { useT } from "@/i18n/t";
import list from "@/ui/listbox.module.css";
import { ScrollRoom } from "@/ui/ScrollRoom";
import { type CommandGroup, commandTitle, showKeys, useAllCommands } from "../commands";
import { navigate } from "../router";
import styles from "./palette.module.css";

const GROUPS: readonly CommandGroup[] = ["conversation", "write", "macros", "presence", "go", "view"];

interface Entry {
  id: string;
  label: string;
  detail?: string;
  keys?: string;
  icon?: ReactNode;
  run: () => void;
}

function Group({
  label,
  entries,
  onRun,
}: {
  label: string;
  entries: readonly Entry[];
  onRun: (entry: Entry) => void;
}) {
  if (entries.length === 0) return null;
  return (
    <MenuSection aria-label={label}>
      <Header className={list.section}>{label}</Header>
      {entries.map((entry) => (
        <MenuItem
          key={entry.id}
          id={entry.id}
          textValue={entry.label}
          className={list.item}
          onAction={() => onRun(entry)}
        >
          {entry.icon}
          <span className={list.text}>
            {entry.label}
            {entry.detail ? <span className={list.detail}>{entry.detail}</span> : null}
          </span>
          {entry.keys ? <kbd className={styles.keys}>{entry.keys}</kbd> : null}
        </MenuItem>
      ))}
    </MenuSection>
  );
}

export default function Palette({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [query, setQuery] = useState("");
  const commands = useAllCommands();
  const found = useSearch(query);
  const shown = commands
    .filter((command) => !command.hidden && command.id !== "palette" && (command.when?.() ?? true))
    .map((command) => ({ ...command, label: commandTitle(command) }))
    .filter((command) => matches(command.label, query));
  const run = (entry: Entry) => {
    onClose();
    // The dialog gives focus back first; a command that moves focus must come after it.
    setTimeout(entry.run, 0);
  };
  const customers: Entry[] = (found.data?.customers ?? []).slice(0, 6).map((customer) => ({
    id: `customer:${customer.id}`,
    label: nameOfCustomer(customer),
    detail: telling(customer),
    icon: <User size={14} aria-hidden="true" />,
    run: () => navigate(`/customers/${customer.id}`),
  }));
  const contacts: Entry[] = (found.data?.contacts ?? []).slice(0, 6).map((contact) => ({
    id: `contact:${contact.id}`,
    label: contact.snippet || t("shell.contacts"),
    detail: `${nameOfCustomer({ id: contact.customer_id, name: contact.customer })} · ${formatShort(contact.opened_at)}`,
    icon: <MessageSquare size={14} aria-hidden="true" />,
    run: () => navigate(`/desk/${contact.id}`),
  }));
  return (
    <ModalOverlay className={styles.overlay} isOpen isDismissable onOpenChange={onClose}>
      <Modal className={styles.modal}>
        <Dialog className={styles.dialog} aria-label={t("shell.search")}>
          <Autocomplete inputValue={query} onInputChange={setQuery}>
            <TextField className={styles.field} aria-label={t("shell.search")} autoFocus>
              <Search size={16} aria-hidden="true" />
              <Input className={styles.input} placeholder={t("shell.search_hint")} />
            </TextField>
            <ScrollRoom label={t("shell.results")} className={styles.list}>
              <Menu
                className={styles.menu}
                aria-label={t("shell.results")}
                renderEmptyState={() => <div className={list.empty}>{t("ui.nothing_found")}</div>}
              >
                {GROUPS.map((group) => (
                  <Group
                    key={group}
                    label={t(`shell.group.${group}`)}
                    onRun={run}
                    entries={shown
                      .filter((command) => command.group === group)
                      .map((command) => ({ ...command, keys: showKeys(command.keys) }))}
                  />
                ))}
                <Group label={t("customers.title")} entries={customers} onRun={run} />
                <Group label={t("shell.contacts")} entries={contacts} onRun={run} />
              </Menu>
            </ScrollRoom>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
