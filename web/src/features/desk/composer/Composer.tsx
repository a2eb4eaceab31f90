/** Where the agent writes: to the customer, or to colleagues; never the one for the other. */
import { useRef, useState } from "react";
import { runCommand, showKeys, useCommands } from "@/app/commands";
import { useT } from "@/i18n/t";
import { sendCommand, sendTyping } from "@/live/commands";
import type { Attachment } from "@/live/events";
import type { Card } from "@/live/protocol";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { customerName } from "../names";
import styles from "./composer.module.css";
import type { Mode } from "./drafts";
import { MacroPicker } from "./MacroPicker";
import { ModeSwitch } from "./ModeSwitch";
import { insertAt, type Macro } from "./macros";
import { AttachButton, AttachedFiles, useUploads } from "./Uploads";
import { useDraft } from "./useDraft";
import { useEnterToSend } from "./useEnterToSend";
import { useMacroCommands } from "./useMacros";
import { useTyping } from "./useTyping";

/** Mount with `key={card.id}`: mode and words of one conversation never reach another. */
export function Composer({ card }: { card: Card }) {
  const t = useT();
  const [mode, setMode] = useState<Mode>("reply");
  const drafts = { reply: useDraft(card.id, "reply"), note: useDraft(card.id, "note") };
  const draft = drafts[mode];
  const area = useRef<HTMLTextAreaElement>(null);
  const [picking, setPicking] = useState(false);
  const uploads = useUploads();
  const typing = useTyping((on) => sendTyping(card.id, on));
  const note = mode === "note";

  const send = (text: string) => {
    const words = text.trim();
    const files: readonly Attachment[] = note ? [] : uploads.files;
    if (uploads.busy || (words === "" && files.length === 0)) return;
    if (note) sendCommand(card.id, { kind: "add_note", text: words });
    else {
      const ids = files.map((file) => file.id);
      sendCommand(
        card.id,
        { kind: "agent_message", text: words, ...(ids.length > 0 ? { attachments: ids } : {}) },
        files,
      );
      uploads.clear();
    }
    draft.clear();
    typing.stop();
  };
  useEnterToSend(area, send);

  const write = (next: Mode) => {
    setMode(next);
    if (next === "note") typing.stop();
    // At once: letters typed a moment later are words, not keys of commands.
    area.current?.focus();
  };
  const insert = (text: string) => {
    const at = area.current;
    const { value, cursor } = insertAt(
      draft.text,
      text,
      at?.selectionStart ?? draft.text.length,
      at?.selectionEnd ?? draft.text.length,
    );
    draft.setText(value);
    at?.focus();
    requestAnimationFrame(() => {
      at?.setSelectionRange(cursor, cursor);
    });
  };
  const macros = useMacroCommands(card, insert);
  useCommands(
    [
      { id: "write:reply", title: "composer.write_reply", group: "write", keys: "r", run: () => write("reply") },
      { id: "write:note", title: "composer.write_note", group: "write", keys: "n", run: () => write("note") },
      {
        id: "write:macro",
        title: "composer.insert_macro",
        group: "write",
        keys: "/",
        run: () => setPicking(true),
      },
      {
        id: "write:send",
        title: "composer.send_now",
        group: "write",
        keys: "mod+enter",
        inInputs: true,
        run: () => send(draft.text),
      },
    ],
    card.id,
  );

  return (
    <section className={classes(styles.composer, note && styles.noteMode)} aria-label={t("composer.title")}>
      <header className={styles.head}>
        <ModeSwitch mode={mode} onChange={write} waiting={{ reply: drafts.reply.text, note: drafts.note.text }} />
        <span className={styles.audience}>
          {note ? t("composer.to_colleagues") : t("composer.to_customer", { name: customerName(card) })}
        </span>
      </header>
      <textarea
        ref={area}
        className={styles.area}
        value={draft.text}
        rows={3}
        maxLength={4000}
        lang={card.locale}
        aria-label={t(note ? "composer.note_label" : "composer.reply_label")}
        placeholder={t(note ? "composer.note_hint" : "composer.reply_hint")}
        onChange={(event) => {
          draft.setText(event.target.value);
          if (!note) typing.typed();
        }}
        onKeyDown={(event) => {
          if (event.key === "/" && draft.text === "" && !event.nativeEvent.isComposing) {
            event.preventDefault();
            setPicking(true);
          }
          if (event.key === "Escape" && !event.nativeEvent.isComposing) event.currentTarget.blur();
        }}
        onPaste={(event) => {
          if (!note && event.clipboardData.files.length > 0) void uploads.add(event.clipboardData.files);
        }}
      />
      {note ? null : <AttachedFiles uploads={uploads} />}
      <footer className={styles.foot}>
        {note ? null : <AttachButton uploads={uploads} />}
        <MacroPicker
          open={picking}
          onOpenChange={setPicking}
          macros={macros}
          onPick={(macro: Macro) => runCommand(`macro:${macro.id}`)}
        />
        <span className={styles.hint}>{t("composer.enter_hint")}</span>
        <Button
          tone={note ? "note" : "primary"}
          keys={showKeys("enter")}
          isDisabled={uploads.busy || (draft.text.trim() === "" && (note || uploads.files.length === 0))}
          onPress={() => send(draft.text)}
        >
          {t(note ? "composer.leave_note" : "composer.send")}
        </Button>
      </footer>
    </section>
  );
}
