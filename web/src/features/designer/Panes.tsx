/** The rooms beside the canvas; each is fetched when it is first opened and stays as it was left. */
import { memo, Suspense, useEffect, useState } from "react";
import { Boundary } from "@/app/Boundary";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import styles from "./designer.module.css";
import type { DesignerStore } from "./model/designer";
import { paneId } from "./model/keys";
import { useDesignerPart, useSeenDesigner } from "./model/use";
import { PANES } from "./panes";
import type { Pane } from "./seams";

const Room = memo(function Room({ pane, store, seen }: { pane: Pane; store: DesignerStore; seen: boolean }) {
  const designer = useSeenDesigner(store, pane.id, seen);
  const Page = pane.page;
  return <Page designer={designer} />;
});

/** A part that failed: the drawing beside it goes on and is kept. */
export function FailedPart() {
  const t = useT();
  return (
    <EmptyState
      title={t("shell.broken")}
      text={t("shell.broken_text")}
      action={<Button onPress={() => location.reload()}>{t("shell.reload")}</Button>}
    />
  );
}

export interface PanesProps {
  store: DesignerStore;
  /** Numbers beside the names of panes, such as how many problems there are. */
  counts: Readonly<Record<string, number>>;
}

export function Panes({ store, counts }: PanesProps) {
  const t = useT();
  const pane = useDesignerPart(store, (state) => state.pane);
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
          const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
          if (by === undefined) return;
          event.preventDefault();
          step(by);
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
            title={id === pane ? undefined : t(title)}
            className={classes(styles.tab, id === pane && styles.tabChosen)}
            onClick={() => store.open(id)}
          >
            <Icon size={14} aria-hidden="true" />
            <span className={styles.tabName}>{t(title)}</span>
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
          <Boundary fallback={<FailedPart />}>
            <Suspense fallback={<p aria-busy="true">{t("ui.loading")}</p>}>
              <Room pane={each} store={store} seen={each.id === pane} />
            </Suspense>
          </Boundary>
        </div>
      ))}
    </div>
  );
}
