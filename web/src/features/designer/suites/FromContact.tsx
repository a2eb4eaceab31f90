/** A real contact as a test: its number and a sentence; nothing of the customer comes with it. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import styles from "./suites.module.css";

export interface FromContactProps {
  journey: string;
  open: boolean;
  onClose: () => void;
}

export function FromContact({ journey, open, onClose }: FromContactProps) {
  const t = useT();
  const [contact, setContact] = useState("");
  const [name, setName] = useState("");
  const [differs, setDiffers] = useState<string | null>(null);
  const { busy, problem, send } = useSending();
  const close = () => {
    setContact("");
    setName("");
    setDiffers(null);
    onClose();
  };
  const make = () =>
    send(async () => {
      const ask = { contact_id: contact.trim(), name: name.trim() };
      const made = await api.post<{ differs: string | null }>(`/journeys/${journey}/cases/from-contact`, ask);
      refresh(`/journeys/${journey}/cases`);
      showToast({ tone: "good", text: t("simulator.saved", { name: name.trim() }) });
      if (made.differs === null) close();
      else setDiffers(made.differs);
    });
  return (
    <Dialog
      title={t("simulator.cases.from_contact")}
      open={open}
      onClose={close}
      actions={
        differs === null ? (
          <>
            <Button onPress={close}>{t("ui.cancel")}</Button>
            <Button
              tone="primary"
              isPending={busy}
              isDisabled={contact.trim() === "" || name.trim() === ""}
              onPress={() => void make()}
            >
              {t("simulator.cases.make")}
            </Button>
          </>
        ) : (
          <Button tone="primary" onPress={close}>
            {t("ui.close")}
          </Button>
        )
      }
    >
      <div className={styles.wanderers}>
        {differs === null ? (
          <>
            <p>{t("simulator.cases.from_contact_text")}</p>
            <TextField
              label={t("simulator.cases.contact_id")}
              value={contact}
              onChange={setContact}
              autoFocus
              required
            />
            <TextField
              label={t("simulator.case_name")}
              hint={t("simulator.case_name_hint")}
              value={name}
              onChange={setName}
              maxLength={200}
              required
            />
          </>
        ) : (
          <p role="alert">{t("simulator.cases.differs", { wanted: differs })}</p>
        )}
        {problem ? (
          <p className={styles.wrong} role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
