/** After the end: how it ended, in one word and a few lines; the words are prepared from what is known. */
import { useEffect, useMemo, useRef, useState } from "react";
import { Label } from "react-aria-components/Label";
import { Radio, RadioGroup } from "react-aria-components/RadioGroup";
import { showKeys, useCommands } from "@/app/commands";
import { formatClock } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { sendCommand } from "@/live/commands";
import { useServerNow } from "@/live/now";
import type { Card } from "@/live/protocol";
import { useThread } from "@/live/selectors";
import { Button } from "@/ui/Button";
import { useTakesLostFocus } from "@/ui/lostFocus";
import { StateChip } from "@/ui/StateChip";
import { TextField } from "@/ui/TextField";
import { sendEndingNow } from "../actions/ending";
import { useDispositions } from "../dispositions";
import { trailOf } from "../thread/story";
import { draftSummary } from "./summary";
import styles from "./wrapup.module.css";

const MOST = 15;

export default function WrapUp({ card }: { card: Card }) {
  const t = useT();
  const now = useServerNow();
  const place = useRef<HTMLElement>(null);
  useTakesLostFocus(place);
  const events = useThread(card.id)?.events;
  const prepared = useMemo(
    () => card.summary || draftSummary(trailOf(events ?? []), events ?? [], t),
    [card, events, t],
  );
  const [disposition, setDisposition] = useState<string | null>(null);
  const [summary, setSummary] = useState<string | null>(null);
  const lastQueued = events?.findLast(({ e }) => e.kind === "contact_queued")?.e;
  const queueId = card.queue_id ?? (lastQueued?.kind === "contact_queued" ? lastQueued.entry.queue_id : null);
  const offered = useDispositions(queueId);
  const choices = (offered ?? []).slice(0, MOST);
  const chosen = disposition ?? (offered?.length === 0 ? "other" : null);

  const finish = () => {
    if (!chosen) return;
    sendEndingNow(card.id);
    sendCommand(card.id, { kind: "finish_wrap_up", disposition: chosen, summary: (summary ?? prepared).trim() });
  };
  useEffect(() => () => sendEndingNow(card.id), [card.id]);
  useCommands(
    [
      {
        id: "wrapup:finish",
        title: "desk.wrap_finish",
        group: "conversation",
        keys: "mod+enter",
        inInputs: true,
        when: () => chosen !== null,
        run: finish,
      },
    ],
    card.id,
  );
  const due_at = card.wrap_up?.due_at;
  const left_s = due_at ? (Date.parse(due_at) - now) / 1000 : null;

  return (
    <section ref={place} tabIndex={-1} className={styles.wrap} aria-labelledby="wrapup">
      <header className={styles.head}>
        <h2 id="wrapup">{t("desk.wrap_title")}</h2>
        {left_s === null ? null : (
          <StateChip state={left_s <= 10 ? "late" : "wait"}>
            {t("desk.wrap_left", { left: formatClock(left_s) })}
          </StateChip>
        )}
      </header>
      <RadioGroup className={styles.group} value={disposition} onChange={setDisposition} orientation="horizontal">
        <Label className={styles.label}>{t("desk.wrap_disposition")}</Label>
        <div className={styles.choices}>
          {choices.map((choice) => (
            <Radio key={choice.id} value={choice.id} className={styles.choice}>
              {localText(choice.name, choice.id)}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <TextField
        label={t("desk.wrap_summary")}
        value={summary ?? prepared}
        onChange={setSummary}
        rows={4}
        maxLength={4000}
      />
      <footer className={styles.foot}>
        <span>{t("desk.wrap_hint")}</span>
        <Button tone="primary" isDisabled={!chosen} keys={showKeys("mod+enter")} onPress={finish}>
          {t("desk.wrap_finish")}
        </Button>
      </footer>
    </section>
  );
}
