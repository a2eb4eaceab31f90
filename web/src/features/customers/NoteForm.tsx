/** A note on the person, for whoever talks to them next. */
import { useState } from "react";
import { api } from "@/api/client";
import { loadResource } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import styles from "./customers.module.css";

const MOST_LETTERS = 4000;

export function NoteForm({ customer }: { customer: string }) {
  const t = useT();
  const [text, setText] = useState("");
  const { busy, problem, send } = useSending();
  const add = async () => {
    await send(async () => {
      await api.post(`/customers/${customer}/notes`, { text: text.trim() });
      await loadResource(`/customers/${customer}`);
      setText("");
    });
  };
  return (
    <form
      className={styles.note}
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <TextField
        label={t("customers.note")}
        hint={t("customers.note_hint")}
        value={text}
        onChange={setText}
        error={problem}
        rows={2}
        maxLength={MOST_LETTERS}
      />
      <Button tone="note" type="submit" isDisabled={busy || text.trim() === ""}>
        {t("customers.add_note")}
      </Button>
    </form>
  );
}
