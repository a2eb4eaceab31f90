/** Call a number that is typed. */
import { Delete, PhoneOutgoing } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { KEYS } from "../bar/Keypad";
import styles from "../calls.module.css";
import { dial } from "./dial";
import { looksLikeNumber } from "./number";

export default function DialPad({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [number, setNumber] = useState("");
  const [busy, setBusy] = useState(false);
  const call = async () => {
    if (!looksLikeNumber(number) || busy) return;
    setBusy(true);
    const placed = await dial({ to: number.trim() });
    setBusy(false);
    if (placed) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void call();
  };
  return (
    <Dialog
      open
      title={t("calls.dial")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            tone="primary"
            icon={<PhoneOutgoing size={14} aria-hidden="true" />}
            isDisabled={!looksLikeNumber(number) || busy}
            onPress={() => void call()}
          >
            {t(busy ? "calls.dialling" : "calls.call")}
          </Button>
        </>
      }
    >
      <form className={styles.dialForm} onSubmit={submit}>
        <TextField
          label={t("calls.number")}
          hint={t("calls.number_hint")}
          value={number}
          onChange={setNumber}
          maxLength={40}
          autoComplete="off"
          autoFocus
          large
        />
        <div className={styles.keypad}>
          {KEYS.map((key) => (
            <button key={key} type="button" onClick={() => setNumber((typed) => typed + key)}>
              {key}
            </button>
          ))}
        </div>
        <IconButton
          label={t("calls.delete_key")}
          icon={<Delete size={16} aria-hidden="true" />}
          isDisabled={number === ""}
          onPress={() => setNumber((typed) => typed.slice(0, -1))}
        />
      </form>
    </Dialog>
  );
}
