/** A note on the person, for whoever talks to them next. */
import { useState } from "react";
import { ApiError, api } from "@/api/client";
import { loadResource } from "@/api/resource";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { TextField } from "@/ui/TextField";
import styles from "./customers.module.css";

const MOST_LETTERS = 4000;

export function NoteForm({ customer }: { customer: string }) {
  const t = useT();
  const [text, setText] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const add = async () => {
    setBusy(true);
    try {
      await api.post(`/customers/${customer}/notes`, { text: text.trim() });
      await loadResource(`/customers/${customer}`);
      setText("");
      setError(null);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      setError(`${failure.message} ${failure.fix}`);
    } finally {
      setBusy(false);
    }
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
        error={error}
        rows={2}
        maxLength={MOST_LETTERS}
      />
      <Button tone="note" type="submit" isDisabled={busy || text.trim() === ""}>
        {t("customers.add_note")}
      </Button>
    </form>
  );
}
