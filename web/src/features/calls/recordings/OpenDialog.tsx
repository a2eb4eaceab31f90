/** Why a recording is opened: it is somebody's voice, and the answer is kept. */
import { useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import styles from "./recordings.module.css";

const REASONS = ["quality", "complaint", "training", "clarify", "other"] as const;
/** A message waits to be answered; that is why most people open it. */
const OF_MESSAGE = ["answer", ...REASONS] as const;
type Reason = (typeof OF_MESSAGE)[number];

export interface OpenDialogProps {
  /** It is a message somebody left, not a call. */
  message: boolean;
  busy: boolean;
  problem: string | null;
  onOpen: (reason: string) => void;
  onClose: () => void;
}

export function OpenDialog({ message, busy, problem, onOpen, onClose }: OpenDialogProps) {
  const t = useT();
  const [chosen, setChosen] = useState<Reason | null>(null);
  const [words, setWords] = useState("");
  const missing = chosen === null || (chosen === "other" && words.trim() === "");
  const open = () => onOpen([chosen === "other" ? "" : (chosen ?? ""), words.trim()].filter(Boolean).join(": "));
  return (
    <Dialog
      open
      title={t("calls.open_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={missing || busy} onPress={open}>
            {t("calls.open")}
          </Button>
        </>
      }
    >
      <p>{t("calls.open_text")}</p>
      <fieldset className={styles.reasons}>
        <legend>{t("calls.reason")}</legend>
        {(message ? OF_MESSAGE : REASONS).map((reason, place) => (
          <label key={reason}>
            <input
              type="radio"
              name="reason"
              value={reason}
              autoFocus={place === 0}
              checked={chosen === reason}
              onChange={() => setChosen(reason)}
            />
            {t(`calls.reason.${reason}`)}
          </label>
        ))}
      </fieldset>
      <TextField
        label={t(chosen === "other" ? "calls.reason_words" : "calls.reason_more")}
        value={words}
        onChange={setWords}
        maxLength={300}
        required={chosen === "other"}
      />
      {problem ? <p role="alert">{problem}</p> : null}
    </Dialog>
  );
}
