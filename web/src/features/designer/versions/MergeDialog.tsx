/** Two people's changes put together: what fits is merged by itself, what does not is decided one by one. */
import { useEffect, useState } from "react";
import { api } from "@/api/client";
import { useSending } from "@/api/sending";
import type { Key } from "@/i18n/keys";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Segments } from "@/ui/Segments";
import { StateChip } from "@/ui/StateChip";
import { usePromptTexts } from "../model/use";
import { kindName, sectionName, type Texts } from "../model/words";
import type { Designer, JourneyJson } from "../seams";
import { fieldName, valueName } from "./changes";
import styles from "./versions.module.css";

type Choice = "mine" | "theirs" | "both";

/** Source: src/warmline/features/designer/versions_api.py, ConflictDoc. */
export interface Conflict {
  readonly id: string;
  readonly kind: "field" | "removed" | "added" | "moved" | "tangled";
  readonly path: string;
  readonly step: string;
  readonly choices: readonly Choice[];
  readonly field: string | null;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
}

interface MergeAnswer {
  readonly document: JourneyJson;
  readonly conflicts: readonly Conflict[];
}

export interface MergeDialogProps {
  title: string;
  intro: string;
  /** Whose changes come in. */
  theirName: string;
  designer: Designer;
  /** A document, or the name of a version. */
  base: JourneyJson | string;
  theirs: JourneyJson | string;
  onMerged: (journey: JourneyJson) => void;
  onTheirs?: () => void;
  onFork?: () => Promise<void>;
  onLater?: () => void;
}

function Side({ name, text, taken }: { name: string; text: string; taken: boolean }) {
  return (
    <div className={styles.side} data-taken={taken || undefined}>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

interface OneConflictProps {
  conflict: Conflict;
  chosen: Choice | null;
  theirName: string;
  texts: Texts;
  onChoose: (choice: Choice) => void;
}

function OneConflict({ conflict, chosen, theirName, texts, onChoose }: OneConflictProps) {
  const t = useT();
  const { kind, path, step, field } = conflict;
  const names: Readonly<Record<Choice, string>> = {
    mine: t("versions.mine"),
    theirs: theirName,
    both: t("versions.both"),
  };
  const place = path === "" ? t("versions.journey") : sectionName(path.split("/")[0] ?? "");
  const what = step === "journey" ? "" : kindName(step);
  const name = [place, what, field ? fieldName(field) : ""].filter(Boolean).join(" › ");
  const spell = (value: unknown) =>
    kind === "removed" && value === null ? t("versions.removed_there") : valueName(field ?? "", value, texts);
  return (
    <li className={styles.conflict}>
      <strong>{name}</strong>
      <span className={styles.quiet}>{t(`versions.conflict.${kind}` satisfies Key)}</span>
      {kind === "tangled" ? null : (
        <dl className={styles.sides}>
          <Side name={names.mine} text={spell(conflict.mine)} taken={chosen === "mine" || chosen === "both"} />
          <Side name={theirName} text={spell(conflict.theirs)} taken={chosen === "theirs" || chosen === "both"} />
        </dl>
      )}
      <Segments
        label={t("versions.take_which", { what: name })}
        items={conflict.choices.map((id) => ({ id, label: names[id] }))}
        chosen={chosen}
        onChoose={onChoose}
      />
    </li>
  );
}

export function MergeDialog(props: MergeDialogProps) {
  const { title, intro, theirName, designer, base, theirs, onMerged, onTheirs, onFork, onLater } = props;
  const t = useT();
  const texts = usePromptTexts();
  const { busy, problem, send } = useSending();
  const [answer, setAnswer] = useState<MergeAnswer | null>(null);
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({});
  const [mine] = useState(designer.journey); // what one had when the question came; the dialog is modal
  const merge = (decided: Readonly<Record<string, Choice>>) =>
    api.post<MergeAnswer>(`/journeys/${designer.id}/merge`, { base, mine, theirs, choices: decided });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once; choices are sent when all are made.
  useEffect(() => {
    void send(async () => setAnswer(await merge({})));
  }, []);
  const open = answer?.conflicts.filter(({ id }) => choices[id] === undefined) ?? [];
  const finish = () =>
    send(async () => {
      const decided = await merge(choices);
      // A choice may uncover what it hid: then there is more to decide.
      if (decided.conflicts.length > 0) {
        setAnswer((before) => ({
          document: decided.document,
          conflicts: [
            ...(before?.conflicts ?? []),
            ...decided.conflicts.filter(({ id }) => choices[id] === undefined),
          ],
        }));
      } else onMerged(decided.document);
    });
  return (
    <Dialog
      title={title}
      open
      wide
      role="alertdialog"
      onClose={() => onLater?.()}
      actions={
        <>
          {onLater ? <Button onPress={onLater}>{t("versions.later")}</Button> : null}
          {onFork ? (
            <Button isPending={busy} onPress={() => void send(onFork)}>
              {t("versions.keep_apart")}
            </Button>
          ) : null}
          {onTheirs ? (
            <Button tone="danger" isPending={busy} onPress={onTheirs}>
              {t("versions.take_theirs")}
            </Button>
          ) : null}
          <Button
            tone="primary"
            isPending={busy}
            isDisabled={!answer || open.length > 0}
            onPress={() => void finish()}
          >
            {t("versions.merge")}
          </Button>
        </>
      }
    >
      <p>{intro}</p>
      {problem ? (
        <p role="alert" className={styles.problem}>
          {problem}
        </p>
      ) : null}
      <p aria-live="polite">
        {answer === null ? (
          problem ? null : (
            t("ui.loading")
          )
        ) : answer.conflicts.length === 0 ? (
          <StateChip state="ok">{t("versions.no_conflict")}</StateChip>
        ) : (
          <StateChip state={open.length > 0 ? "wait" : "ok"}>
            {t("versions.conflicts", { open: open.length, count: answer.conflicts.length })}
          </StateChip>
        )}
      </p>
      <ol className={styles.conflicts}>
        {(answer?.conflicts ?? []).map((conflict) => (
          <OneConflict
            key={conflict.id}
            conflict={conflict}
            chosen={choices[conflict.id] ?? null}
            theirName={theirName}
            texts={texts}
            onChoose={(choice) => setChoices({ ...choices, [conflict.id]: choice })}
          />
        ))}
      </ol>
    </Dialog>
  );
}
