/** One journey in hand: what is above, left, in the middle and right of it. */
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Boundary } from "@/app/Boundary";
import { lazy } from "@/app/fetching";
import { useT } from "@/i18n/t";
import { Page } from "@/ui/Page";
import { Segments } from "@/ui/Segments";
import { DesignerActions } from "./DesignerActions";
import styles from "./designer.module.css";
import type { DesignerStore } from "./model/designer";
import { act } from "./model/keys";
import { search } from "./model/search";
import { useDesignerPart, usePromptTexts } from "./model/use";
import { journeyName, kindName } from "./model/words";
import { OutlineTools } from "./outline/OutlineTools";
import { OutlineTree } from "./outline/OutlineTree";
import { MODAL, SearchField } from "./outline/SearchField";
import { FailedPart, Panes } from "./Panes";
import { Palette } from "./palette/Palette";
import { problemPlaces } from "./problems/places";
import { CheckContext, useCheck } from "./problems/useCheck";

const Canvas = lazy(() => import("./canvas/Canvas"));

/** As in the style sheet: one part at a time is shown on screens no wider. */
const PHONE_PX = 900;

type Part = "outline" | "canvas" | "pane";
const PARTS: readonly Part[] = ["outline", "canvas", "pane"];

/** Where keys are letters: not in switches and choices, which are inputs, too. */
const WRITING = "input:not([type=checkbox], [type=radio]), textarea, [contenteditable]";

/** Undo and redo work wherever nobody is writing. */
function useUndoKeys(store: DesignerStore): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const writing = event.target instanceof HTMLElement && event.target.matches(WRITING);
      if (writing || event.defaultPrevented || !["KeyZ", "KeyY"].includes(event.code)) return;
      if (!(event.ctrlKey || event.metaKey) || document.querySelector(MODAL)) return;
      if (act(store, event)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [store]);
}

export function DesignerRoom({ store }: { store: DesignerStore }) {
  const t = useT();
  const texts = usePromptTexts();
  const journey = useDesignerPart(store, (state) => state.journey);
  const opened = useDesignerPart(store, (state) => state.opened);
  const [part, setPart] = useState<Part>("outline");
  const [words, setWords] = useState("");
  const room = useRef<HTMLDivElement>(null);
  const check = useCheck(store.id, journey, store.editable);
  const found = useMemo(() => search(journey, words, { texts, kind: kindName }), [journey, words, texts]);
  const foundSet = useMemo(() => new Set(found), [found]);
  const problems = useMemo(() => problemPlaces(check.problems, store.id), [check.problems, store.id]);
  const counts = useMemo(() => ({ problems: check.problems.length }), [check.problems]);
  useUndoKeys(store);
  // On a phone, where one part is seen at a time, a pane brought to the front is shown.
  useEffect(() => {
    if (opened > 0) setPart("pane");
  }, [opened]);
  return (
    <CheckContext.Provider value={check}>
      <Page
        title={(typeof journey.title === "string" && texts.get(journey.title)) || journeyName(store.id)}
        actions={<DesignerActions store={store} check={check} />}
        flush
      >
        <div ref={room} className={styles.room} data-part={part}>
          <div className={styles.switch}>
            <Segments
              label={t("designer.parts")}
              items={PARTS.map((id) => ({ id, label: t(`designer.part.${id}`) }))}
              chosen={part}
              onChoose={setPart}
            />
          </div>
          <section className={styles.outline} aria-label={t("journeys.outline")}>
            <SearchField
              words={words}
              onChange={setWords}
              found={found}
              from={() => store.state().selected.at(-1) ?? null}
              onGo={(path) => store.choose([path])}
              room={room}
            />
            <div className={styles.treeRoom}>
              <OutlineTree store={store} texts={texts} found={foundSet} problems={problems} />
            </div>
            <OutlineTools store={store} />
            <details className={styles.paletteRoom} open={innerWidth > PHONE_PX}>
              <summary>{t("designer.palette")}</summary>
              <Palette store={store} />
            </details>
          </section>
          <section className={styles.canvas} aria-label={t("designer.part.canvas")}>
            <Boundary fallback={<FailedPart />}>
              <Suspense fallback={<p aria-busy="true">{t("ui.loading")}</p>}>
                <Canvas store={store} texts={texts} found={foundSet} problems={problems} />
              </Suspense>
            </Boundary>
          </section>
          <section
            className={styles.side}
            aria-label={t("designer.part.pane")}
            onKeyDown={(event) => {
              // Escape that belongs to an input method or to open suggestions leads nowhere else.
              const taken = event.nativeEvent.isComposing || event.defaultPrevented;
              const list =
                event.target instanceof Element && event.target.matches("[aria-expanded=true][role=combobox]");
              if (event.key !== "Escape" || taken || list) return;
              room.current?.querySelector<HTMLElement>("[role=tree]")?.focus();
            }}
          >
            <Panes store={store} counts={counts} />
          </section>
        </div>
      </Page>
    </CheckContext.Provider>
  );
}
