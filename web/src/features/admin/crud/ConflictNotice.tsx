/** Somebody saved first: what they changed, and the two ways on. Nothing is lost by either. */
import { lookup, useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import styles from "./crud.module.css";
import type { Conflict, Editor } from "./useEditor";

function names(fields: readonly string[]): string {
  return fields.map((field) => lookup(`admin.field.${field}`) ?? field).join(", ");
}

export interface ConflictNoticeProps<Draft> {
  conflict: Conflict<Draft>;
  editor: Editor<Draft>;
}

export function ConflictNotice<Draft>({ conflict, editor }: ConflictNoticeProps<Draft>) {
  const t = useT();
  return (
    <div className={styles.conflict} role="alert">
      <strong>{t("admin.conflict")}</strong>
      <p>{t("admin.conflict_text", { fields: names(conflict.changed) || "–" })}</p>
      <p>
        {conflict.clashes.length > 0
          ? t("admin.conflict_clash", { fields: names(conflict.clashes) })
          : t("admin.conflict_apart")}
      </p>
      <span className={styles.conflictActions}>
        <Button onPress={editor.takeTheirs}>{t("admin.take_theirs")}</Button>
        <Button tone="primary" onPress={editor.keepMine}>
          {t("admin.keep_mine")}
        </Button>
      </span>
    </div>
  );
}
