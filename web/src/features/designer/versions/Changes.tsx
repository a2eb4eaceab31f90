/** A list of changes; one of them leads to its step. */
import { useT } from "@/i18n/t";
import { StateChip } from "@/ui/StateChip";
import { isStep } from "../model/paths";
import { usePromptTexts } from "../model/use";
import type { Designer } from "../seams";
import {
  type Change,
  changeName,
  changeSection,
  fieldName,
  keyOfChange,
  kindKey,
  TONES,
  tally,
  valueName,
} from "./changes";
import styles from "./versions.module.css";

const STATES = { good: "ok", warn: "wait", bad: "late" } as const;

export interface ChangesProps {
  /** Null while they are fetched. */
  changes: readonly Change[] | null;
  designer: Designer;
  /** Whether the newer side is what is drawn, so that paths lead somewhere. */
  live: boolean;
}

export function Changes({ changes, designer, live }: ChangesProps) {
  const t = useT();
  const texts = usePromptTexts();
  if (changes === null) return <p className={styles.quiet}>{t("ui.loading")}</p>;
  if (changes.length === 0) return <p className={styles.quiet}>{t("versions.alike")}</p>;
  return (
    <>
      <p className={styles.tally} aria-live="polite">
        {tally(changes).map(([kind, count]) => (
          <StateChip key={kind} state={STATES[TONES[kind]]}>
            {t(`versions.count.${kind}`, { count })}
          </StateChip>
        ))}
      </p>
      <ol className={styles.changes}>
        {changes.map((change) => {
          const { path } = change;
          const leads = live && path !== null && isStep(designer.journey, path);
          const name = changeName(change, designer.journey, texts);
          return (
            <li key={keyOfChange(change)} data-kind={change.kind}>
              <span className={styles.kind}>{t(kindKey(change.kind))}</span>
              {leads ? (
                <button type="button" className={styles.name} onClick={() => designer.choose([path])}>
                  {name}
                </button>
              ) : (
                <span className={styles.name}>{name}</span>
              )}
              <span className={styles.quiet}>
                {change.what === "section" || change.what === "journey"
                  ? t(`versions.what.${change.what}`)
                  : changeSection(change)}
              </span>
              {change.fields.length > 0 ? (
                <dl className={styles.fields}>
                  {change.fields.map((field) => (
                    <div key={field.field}>
                      <dt>{fieldName(field.field)}</dt>
                      <dd>
                        <del>{valueName(field.field, field.old, texts)}</del>{" "}
                        <ins>{valueName(field.field, field.new, texts)}</ins>
                      </dd>
                    </div>
                  ))}
                </dl>
              ) : null}
            </li>
          );
        })}
      </ol>
    </>
  );
}
