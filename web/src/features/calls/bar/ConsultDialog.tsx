/** Ask somebody in, or pass the call on to a number outside. */
import { useState } from "react";
import { useResource } from "@/api/resource";
import { lookup, useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { ComboBox } from "@/ui/ComboBox";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { TextField } from "@/ui/TextField";
import { looksLikeNumber } from "../dial/number";

interface Colleague {
  id: string;
  name: string;
  presence?: string;
}

export default function ConsultDialog({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useT();
  const me = useLive((state) => state.me?.id);
  const { data } = useResource<{ items: readonly Colleague[] }>("/colleagues", 5000);
  const [way, setWay] = useState<"colleague" | "number">("colleague");
  const [agent, setAgent] = useState<string | null>(null);
  const [number, setNumber] = useState("");
  const [note, setNote] = useState("");
  const ready = way === "colleague" ? agent !== null : looksLikeNumber(number);
  const consult = () => {
    const to = way === "colleague" && agent !== null ? { agent_id: agent } : { number: number.trim() };
    tellCall({ t: "call_consult", contact: id, to });
    onClose();
  };
  const forward = () => {
    tellCall({ t: "call_forward", contact: id, number: number.trim(), note: note.trim() });
    onClose();
  };
  return (
    <Dialog
      open
      title={t("calls.consult_title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          {way === "number" ? (
            <Button isDisabled={!ready} onPress={forward}>
              {t("calls.forward")}
            </Button>
          ) : null}
          <Button tone="primary" isDisabled={!ready} onPress={consult}>
            {t("calls.consult_first")}
          </Button>
        </>
      }
    >
      <Segments
        label={t("calls.consult_whom")}
        items={[
          { id: "colleague", label: t("desk.colleague") },
          { id: "number", label: t("calls.outside_number") },
        ]}
        chosen={way}
        onChoose={setWay}
      />
      {way === "colleague" ? (
        <ComboBox
          label={t("desk.colleague")}
          items={(data?.items ?? [])
            .filter((each) => each.id !== me)
            .map((each) => ({
              id: each.id,
              label: each.name,
              detail: lookup(`shell.presence.${each.presence ?? "offline"}`) ?? "",
            }))}
          value={agent}
          onChange={setAgent}
          empty={t("ui.nothing_found")}
          autoFocus
          large
        />
      ) : (
        <>
          <TextField
            label={t("calls.number")}
            value={number}
            onChange={setNumber}
            maxLength={40}
            large
            autoFocus
          />
          <TextField label={t("calls.forward_note")} value={note} onChange={setNote} rows={2} maxLength={2000} />
        </>
      )}
      <p>{t("calls.consult_text")}</p>
    </Dialog>
  );
}
