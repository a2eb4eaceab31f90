/** The sections of a journey, each to open and close; `Goto` leads to its section. */
import { useMemo, useState } from "react";
import { useT } from "@/i18n/t";
import { Button } from "@/ui/Button";
import styles from "./journeys.module.css";
import { type JourneyDocument, ON_ERROR, outlineOf } from "./outline";
import { Steps } from "./Steps";

function anchor(section: string): string {
  return `section-${section}`;
}

export interface OutlineProps {
  document: JourneyDocument;
  texts: ReadonlyMap<string, string>;
}

export function Outline({ document: journey, texts }: OutlineProps) {
  const t = useT();
  const sections = useMemo(() => outlineOf(journey), [journey]);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(sections.slice(0, 2).map(({ id }) => id)));
  const toggle = (id: string, on: boolean) => {
    if (open.has(id) === on) return;
    const next = new Set(open);
    if (on) next.add(id);
    else next.delete(id);
    setOpen(next);
  };
  const go = (id: string) => {
    toggle(id, true);
    const target = document.getElementById(anchor(id));
    target?.scrollIntoView({ block: "start" });
    target?.querySelector("summary")?.focus();
  };
  const all = open.size === sections.length;
  return (
    <section aria-labelledby="journey-outline">
      <header className={styles.outlineHead}>
        <h3 id="journey-outline">{t("journeys.outline")}</h3>
        <Button tone="quiet" onPress={() => setOpen(new Set(all ? [] : sections.map(({ id }) => id)))}>
          {t(all ? "journeys.collapse_all" : "journeys.expand_all")}
        </Button>
      </header>
      {sections.map(({ id, steps, count }) => (
        <details
          key={id}
          id={anchor(id)}
          className={styles.section}
          open={open.has(id)}
          onToggle={(event) => toggle(id, event.currentTarget.open)}
        >
          <summary>
            <strong>{id === ON_ERROR ? t("journeys.on_error") : id}</strong>{" "}
            <span className={styles.quiet}>{t("journeys.steps", { count })}</span>
          </summary>
          <Steps steps={steps} texts={texts} onGo={go} />
        </details>
      ))}
    </section>
  );
}
