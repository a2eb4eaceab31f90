/** The other party on the line: whom I talk to, and how it ends. */
import { Merge, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useT } from "@/i18n/t";
import { tellCall } from "@/live/asking";
import type { Call, Party, TalkWith } from "@/live/calls";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import styles from "../calls.module.css";
import { partyName } from "../words";

export interface ConsultStripProps {
  id: string;
  call: Call;
  other: Party;
  own: boolean;
}

function Complete({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const t = useT();
  const [note, setNote] = useState("");
  return (
    <Dialog
      open
      title={t("calls.complete_title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            tone="primary"
            onPress={() => {
              tellCall({ t: "call_complete", contact: id, note: note.trim() });
              onClose();
            }}
          >
            {t("calls.complete")}
          </Button>
        </>
      }
    >
      <p>{t("calls.complete_text", { name })}</p>
      <TextField label={t("desk.transfer_note")} value={note} onChange={setNote} rows={3} maxLength={2000} />
    </Dialog>
  );
}

export function ConsultStrip({ id, call, other, own }: ConsultStripProps) {
  const t = useT();
  const [completing, setCompleting] = useState(false);
  const name = partyName(other, t);
  const there = other.state !== "ringing" && other.state !== "joining";
  const talk = (to: TalkWith) => tellCall({ t: "call_talk", contact: id, with: to });
  return (
    <section className={styles.strip} aria-label={t("calls.consult_with", { name })}>
      <strong>{name}</strong>
      <StateChip state={there ? "live" : "wait"}>{t(`calls.party_state.${other.state}`)}</StateChip>
      {own && there ? (
        <>
          <Segments<TalkWith>
            label={t("calls.talk_with")}
            items={[
              { id: "customer", label: t("calls.talk.customer") },
              { id: "consulted", label: name },
              { id: "all", label: t("calls.talk.all") },
            ]}
            chosen={call.talk}
            onChoose={talk}
          />
          <Button icon={<Merge size={14} aria-hidden="true" />} onPress={() => setCompleting(true)}>
            {t("calls.complete")}
          </Button>
        </>
      ) : null}
      {own ? (
        <Button
          icon={<UserRoundX size={14} aria-hidden="true" />}
          onPress={() => tellCall({ t: "call_drop", contact: id, party: other.id })}
        >
          {t(there ? "calls.drop" : "calls.drop_ringing")}
        </Button>
      ) : null}
      {completing ? <Complete id={id} name={name} onClose={() => setCompleting(false)} /> : null}
    </section>
  );
}
