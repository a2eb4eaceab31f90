/** The rooms beside the canvas; each is fetched when it is first opened and stays as it was left. */
import { Suspense, useEffect, useState } from "react";
import { useT } from "@/i18n/t";
import { classes } from "@/ui/classes";
import styles from "./designer.module.css";
import type { DesignerStore } from "./model/designer";
import { paneId } from "./model/keys";
import { useDesigner, useDesignerState } from "./model/use";
import { PANES } from "./panes";
import type { Pane } from "./seams";

function Room({ pane, store }: { pane: Pane; store: DesignerStore }) {
  const designer = useDesigner(store, pane.id);
  const Page = pane.page;
  return <Page designer={designer} />;
}

export interface PanesProps {
  store: DesignerStore;
  /** Numbers beside the names of panes, such as how many problems there are. */
  counts: Readonly<Record<string, number>>;
}

export function Panes({ store, counts }: PanesProps) {
  const t = useT();
  const { pane } = useDesignerState(store);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set([pane]));
  useEffect(() => setOpened((before) => (before.has(pane) ? before : new Set([...before, pane]))), [pane]);
  const step = (by: number) => {
    const at = PANES.findIndex(({ id }) => id === pane);
    const next = PANES[(at + by + PANES.length) % PANES.length];
    if (!next) return;
    store.open(next.id);
    document.getElementById(`pane-tab-${next.id}`)?.focus();
  };
  return (
    <div className={styles.panes}>
      <div
        role="tablist"
        aria-label={t("designer.panes")}
        className={styles.tabs}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") step(1);
          if (event.key === "ArrowLeft") step(-1);
        }}
      >
        {PANES.map(({ id, title, icon: Icon }) => (
          <button
            key={id}
            id={`pane-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === pane}
            aria-controls={opened.has(id) ? paneId(id) : undefined}
            tabIndex={id === pane ? 0 : -1}
            className={classes(styles.tab, id === pane && styles.tabChosen)}
            onClick={() => store.open(id)}
          >
            <Icon size={14} aria-hidden="true" />
            {t(title)}
            {counts[id] ? <span className={styles.count}>{counts[id]}</span> : null}
          </button>
        ))}
      </div>
      {PANES.filter(({ id }) => opened.has(id)).map((each) => (
        <div
          key={each.id}
          id={paneId(each.id)}
          tabIndex={-1}
          role="tabpanel"
          aria-labelledby={`pane-tab-${each.id}`}
          hidden={each.id !== pane}
          className={styles.pane}
        >
          <Suspense fallback={<p aria-busy="true">{t("ui.loading")}</p>}>
            <Room pane={each} store={store} />
          </Suspense>
        </div>
      ))}
    </div>
  );
}
