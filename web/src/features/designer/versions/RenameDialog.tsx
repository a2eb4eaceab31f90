/** Another name for a draft; a name somebody else gave it meanwhile is told, not written over. */
import { type FormEvent, useState } from "react";
import { ApiError, api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextField } from "@/ui/TextField";
import type { DraftLine } from "./keeper";

/** Source: src/warmline/features/designer/drafts_api.py, Name. */
const MOST_LETTERS = 80;

export interface RenameDialogProps {
  /** Of the journey's drafts. */
  address: string;
  draft: DraftLine;
  onDone: (name: string) => void;
  onClose: () => void;
}

export function RenameDialog({ address, draft, onDone, onClose }: RenameDialogProps) {
  const t = useT();
  const [name, setName] = useState(draft.name);
  const [seen, setSeen] = useState(draft.name);
  const { busy, problem, send } = useSending();
  const rename = () =>
    send(async () => {
      try {
        const line = await api.put<DraftLine>(`${address}/${draft.id}/name`, { seen, name: name.trim() });
        onDone(line.name);
        onClose();
      } catch (failure) {
        // Whoever has read the new name may still want theirs.
        if (failure instanceof ApiError && failure.code === "designer.draft_renamed") {
          setSeen(String(failure.details.name));
        }
        throw failure;
      } finally {
        refresh(address);
      }
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) void rename();
  };
  return (
    <Dialog
      title={t("versions.rename_draft")}
      open
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isPending={busy} onPress={() => void rename()}>
            {t("versions.rename")}
          </Button>
        </>
      }
    >
      <form onSubmit={submit}>
        <TextField
          label={t("versions.name")}
          hint={t("versions.name_hint", { name: draft.owner_name })}
          value={name}
          onChange={setName}
          maxLength={MOST_LETTERS}
          error={problem}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
