/** Forgetting a customer for good: only after typing the word. */
import { useState } from "react";
import { api } from "@/api/client";
import type { Customer } from "@/api/customers";
import { loadResource, refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import { showToast } from "@/ui/toasts";
import { confirms } from "./customer";

export default function EraseDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useT();
  const [typed, setTyped] = useState("");
  const { busy, problem, send } = useSending();
  const word = customer.profile.name ?? t("customers.erase_word");
  const erase = async () => {
    await send(async () => {
      const { keys } = await api.post<{ keys: number }>(`/customers/${customer.id}/erase`);
      showToast({ text: t("customers.erase_done", { keys }) });
      refresh("/search");
      refresh("/contacts/");
      await loadResource(`/customers/${customer.id}`);
      onClose();
    });
  };
  return (
    <Dialog
      open
      role="alertdialog"
      title={t("customers.erase_title")}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="danger" isDisabled={busy || !confirms(typed, word)} onPress={() => void erase()}>
            {t("customers.erase")}
          </Button>
        </>
      }
    >
      <p>{t("customers.erase_text")}</p>
      <TextField
        label={t("customers.erase_type", { word })}
        value={typed}
        onChange={setTyped}
        error={problem}
        autoComplete="off"
        autoFocus
        large
      />
    </Dialog>
  );
}
