/** Kinds of steps to add: by click or Enter behind what is chosen, or dragged to their place. */
import { type KeyboardEvent, memo, useState } from "react";
import { lookup, useT } from "@/i18n/t";
import { insertKind } from "../model/actions";
import type { DesignerStore } from "../model/designer";
import { dragKind } from "../model/drag";
import { iconOf } from "../model/icons";
import { FAMILIES, KINDS } from "../model/kinds";
import { kindName } from "../model/words";
import styles from "./palette.module.css";

const ORDER = FAMILIES.flatMap((family) => KINDS.filter((each) => each.family === family));

export const Palette = memo(function Palette({ store }: { store: DesignerStore }) {
  const t = useT();
  const [current, setCurrent] = useState(ORDER[0]?.kind ?? "");
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = ORDER.findIndex(({ kind }) => kind === current);
    const next = ORDER[(at + by + ORDER.length) % ORDER.length];
    if (!next) return;
    setCurrent(next.kind);
    event.currentTarget.querySelector<HTMLElement>(`[data-kind="${next.kind}"]`)?.focus();
  };
  return (
    <div role="toolbar" aria-label={t("designer.palette")} className={styles.palette} onKeyDown={onKeyDown}>
      {FAMILIES.map((family) => (
        <div key={family} role="group" aria-label={lookup(`designer.family.${family}`)} className={styles.family}>
          <span className={styles.title} aria-hidden="true">
            {lookup(`designer.family.${family}`)}
          </span>
          {KINDS.filter((each) => each.family === family).map(({ kind }) => {
            const Icon = iconOf(kind);
            return (
              <button
                key={kind}
                type="button"
                data-kind={kind}
                tabIndex={kind === current ? 0 : -1}
                className={styles.kind}
                title={lookup(`designer.about.${kind}`)}
                disabled={!store.editable}
                draggable
                onFocus={() => setCurrent(kind)}
                onDragStart={(event) => dragKind(event.dataTransfer, kind)}
                onClick={() => insertKind(store, kind)}
              >
                <Icon size={14} aria-hidden="true" />
                {kindName(kind)}
              </button>
            );
          })}
        </div>
      ))}
    </div>
  );
});
