/** Add a contact reason to the catalogue, or change it. */
import { useState } from "react";
import { api } from "@/api/client";
import { refresh } from "@/api/resource";
import { useSending } from "@/api/sending";
import { type JourneyLine, useItems } from "@/api/settings";
import { languageName } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ConfirmDialog, Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/Select";
import { Switch } from "@/ui/Switch";
import { TextField } from "@/ui/TextField";
import { useJourneyNames } from "../journeys/names";
import { bodyOf, type Draft, draftOf, isComplete, LEVELS, MOST_PATIENCE, type ReasonLine, TAGS } from "./reasons";
import styles from "./reasons.module.css";

const NOBODY = "-";

export interface EntryDialogProps {
  /** The reason to change or to catalogue; null: a new one. */
  line: ReasonLine | null;
  onClose: () => void;
}

export function EntryDialog({ line, onClose }: EntryDialogProps) {
  const t = useT();
  const [draft, setDraft] = useState<Draft>(() => draftOf(line));
  const [removing, setRemoving] = useState(false);
  const { busy, problem, refusal, send } = useSending();
  const journeys = useItems<JourneyLine>("/journeys").data?.items ?? [];
  const nameOf = useJourneyNames();
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const entry = line?.entry ?? null;
  const done = () => {
    refresh("/reasons");
    onClose();
  };
  const save = () =>
    send(async () => {
      const { id, ...rest } = bodyOf(draft);
      if (entry) await api.put(`/reasons/${id}`, { ...rest, version: entry.version });
      else await api.post("/reasons", { id, ...rest });
      done();
    });
  const remove = () =>
    send(async () => {
      if (entry) await api.delete(`/reasons/${entry.id}`, { version: entry.version });
      done();
    });
  const report = refusal?.details.report;
  if (removing) {
    return (
      <ConfirmDialog
        title={t("reasons.remove")}
        open
        onClose={() => setRemoving(false)}
        confirm={t("reasons.remove")}
        danger
        onConfirm={() => void remove()}
      >
        <p>{t("reasons.remove_text", { name: localText(entry?.name, draft.id) })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      title={entry ? t("reasons.change") : t("reasons.add")}
      open
      wide
      onClose={onClose}
      actions={
        <>
          {entry ? (
            <Button tone="danger" isDisabled={busy} onPress={() => setRemoving(true)}>
              {t("reasons.remove")}
            </Button>
          ) : null}
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button tone="primary" isDisabled={busy || !isComplete(draft)} onPress={() => void save()}>
            {busy ? t("reasons.proving") : t("reasons.save")}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <TextField
          label={t("reasons.id")}
          hint={t("reasons.id_hint")}
          value={draft.id}
          onChange={(id) => set({ id })}
          disabled={line !== null}
        />
        {(["ko", "ja", "en"] as const).map((one) => (
          <TextField
            key={one}
            label={t("reasons.name_in", { language: languageName(one) })}
            lang={one}
            value={draft.name[one]}
            onChange={(name) => set({ name: { ...draft.name, [one]: name } })}
          />
        ))}
        <Select
          label={t("reasons.journey")}
          items={[
            { id: NOBODY, label: t("reasons.no_journey") },
            ...journeys
              .filter((one) => one.kind === "journey")
              .map((one) => {
                const label = nameOf(one.id);
                return label === one.id ? { id: one.id, label } : { id: one.id, label, detail: one.id };
              }),
          ]}
          value={draft.journey_id ?? NOBODY}
          onChange={(id) => set({ journey_id: id === NOBODY ? null : id })}
        />
        <Select
          label={t("reasons.level")}
          items={LEVELS.map((level) => ({
            id: String(level),
            label: level === 0 ? t("reasons.level_none") : t("reasons.level_at", { level }),
          }))}
          value={String(draft.level)}
          onChange={(level) => set({ level: Number(level) })}
        />
        <div className={styles.patience}>
          <Select
            label={t("reasons.person_after")}
            items={[
              { id: NOBODY, label: t("reasons.person_after_none") },
              ...Array.from({ length: MOST_PATIENCE }, (_, index) => ({
                id: String(index + 1),
                label: t("reasons.person_after_times", { count: index + 1 }),
              })),
            ]}
            value={draft.person_after === null ? NOBODY : String(draft.person_after)}
            onChange={(id) => set({ person_after: id === NOBODY ? null : Number(id) })}
          />
          <p className={styles.quiet}>{t("reasons.person_after_hint")}</p>
        </div>
        <TextField
          label={t("reasons.needs")}
          hint={t("reasons.needs_hint")}
          value={draft.needs}
          onChange={(needs) => set({ needs })}
        />
        <TextField
          label={t("reasons.tasks")}
          hint={t("reasons.tasks_hint")}
          value={draft.tasks}
          onChange={(tasks) => set({ tasks })}
        />
        <fieldset className={styles.tags}>
          <legend>{t("reasons.tags")}</legend>
          {TAGS.map((tag) => (
            <Switch
              key={tag}
              label={t(`reasons.tag.${tag}`)}
              on={draft.tags.includes(tag)}
              onChange={(on) => set({ tags: on ? [...draft.tags, tag] : draft.tags.filter((one) => one !== tag) })}
            />
          ))}
          <p className={styles.quiet}>{t("reasons.tags_hint")}</p>
        </fieldset>
        {problem ? (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        ) : null}
        {typeof report === "string" ? <pre className={styles.report}>{report}</pre> : null}
      </div>
    </Dialog>
  );
}
