/** One item: its form, what is wrong with it, and how to save or remove it. */
import { ArrowLeft, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCommands } from "@/app/commands";
import { Link } from "@/app/Link";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { ConfirmDialog } from "@/ui/Dialog";
import { ConflictNotice } from "./ConflictNotice";
import styles from "./crud.module.css";
import type { Kind } from "./kind";
import { useEditor } from "./useEditor";

export interface DetailProps<Item extends { version: number }, Draft extends object> {
  kind: Kind<Item, Draft>;
  /** Null: a new one. */
  item: Item | null;
  locked: boolean;
}

export function Detail<Item extends { version: number }, Draft extends object>({
  kind,
  item,
  locked,
}: DetailProps<Item, Draft>) {
  const t = useT();
  const editor = useEditor(kind, item);
  const [removing, setRemoving] = useState(false);
  const name = item ? kind.nameOf(item) : t(kind.add);
  const { dirty, busy, errors, conflict } = editor;
  const general = errors.get("");
  useCommands(
    locked
      ? []
      : [
          {
            id: "admin:save",
            title: "ui.save",
            group: "write",
            keys: "mod+s",
            inInputs: true,
            when: () => dirty && !busy,
            run: () => void editor.save(),
          },
        ],
    `${kind.section} ${locked}`,
  );
  return (
    <form
      className={styles.form}
      aria-label={name}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!locked && dirty) void editor.save();
      }}
    >
      <header className={styles.formHead}>
        <Link to={`/admin/${kind.section}`} className={styles.back} aria-label={t("ui.back")}>
          <ArrowLeft size={16} aria-hidden="true" />
        </Link>
        <h2 className={styles.formTitle}>{name}</h2>
        {item && kind.removeTitle && !locked ? (
          <Button
            tone="quiet"
            icon={<Trash2 size={14} aria-hidden="true" />}
            isDisabled={busy}
            onPress={() => setRemoving(true)}
          >
            {t("ui.delete")}
          </Button>
        ) : null}
        {locked ? null : (
          <>
            <Button isDisabled={!dirty || busy} onPress={editor.reset}>
              {t("admin.reset")}
            </Button>
            <Button tone="primary" isDisabled={!dirty || busy || conflict !== null} type="submit">
              {t("ui.save")}
            </Button>
          </>
        )}
      </header>
      <div className={styles.formBody}>
        {locked ? <p className={styles.locked}>{t("admin.locked")}</p> : null}
        {conflict ? <ConflictNotice conflict={conflict} editor={editor} /> : null}
        {general ? (
          <p className={styles.problem} role="alert">
            {general}
          </p>
        ) : null}
        <kind.Form
          draft={editor.draft}
          set={editor.set}
          errors={errors}
          isNew={item === null}
          locked={locked}
          item={item}
        />
      </div>
      {item && kind.removeTitle ? (
        <ConfirmDialog
          title={t(kind.removeTitle)}
          open={removing}
          onClose={() => setRemoving(false)}
          confirm={t("ui.delete")}
          danger
          onConfirm={() => void editor.remove()}
        >
          <p>{t("admin.remove_text", { name })}</p>
        </ConfirmDialog>
      ) : null}
    </form>
  );
}
