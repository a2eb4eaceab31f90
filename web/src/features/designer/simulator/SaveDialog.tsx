/** Keep the conversation as a test: from now on every publication must let it come out like this. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { endName } from "./names";
import styles from "./simulator.module.css";
import type { Simulation } from "./talk";

export interface SaveDialogProps {
  journey: string;
  told: Simulation;
  open: boolean;
  onClose: () => void;
}

export function SaveDialog({ journey, told, open, onClose }: SaveDialogProps) {
  const t = useT();
  const [name, setName] = useState("");
  const { busy, problem, send } = useSending();
  const { ends, said } = told.case.expect;
  // A second press while it is under way does nothing; the button keeps the keyboard, should the test be refused.
  const save = async () => {
    if (busy) return;
    await send(async () => {
      await api.post(`/journeys/${journey}/cases`, { ...told.case, name: name.trim() });
      refresh(`/journeys/${journey}/cases`);
      showToast({ tone: "good", text: t("simulator.saved", { name: name.trim() }) });
      setName("");
      onClose();
    });
  };
  return (
    <Dialog
      title={t("simulator.save")}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={name.trim() === ""} onPress={() => void save()}>
            {t("simulator.save")}
          </Button>
        </>
      }
    >
      <div className={styles.save}>
        <TextField
          label={t("simulator.case_name")}
          hint={t("simulator.case_name_hint")}
          value={name}
          onChange={setName}
          maxLength={200}
          autoFocus
          required
        />
        <p>
          {ends === null
            ? t("simulator.expects_open", { count: said.length })
            : t("simulator.expects", { end: endName(ends), count: said.length })}
        </p>
        {problem ? (
          <p className={styles.refused} role="alert">
            {problem}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
