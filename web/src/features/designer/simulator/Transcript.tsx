/** What was said and what happened, line by line; every line leads to its step, every deed back to before it. */
import { Undo2, Volume2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { formatClock } from "@/i18n/format";
import { lookup, useT } from "@/i18n/t";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { type Names, NO_NAMES, useNames } from "../inspector/names";
import { stepWords } from "./names";
import styles from "./simulator.module.css";
import type { Line } from "./talk";

export interface TranscriptProps {
  lines: readonly Line[];
  onPlace?: (line: Line) => void;
  onBack?: (deed: number) => void;
  onListen?: (line: Line) => void;
}

function words(line: Line, names: Names): string {
  if (line.who === "bot") return line.text;
  const name = stepWords(line, names);
  const kind = line.kind === "task" || line.kind === "voicemail" ? `${line.kind}.${line.text}` : line.kind;
  return lookup(`simulator.line.${kind}`, { name, text: line.text }) ?? line.text;
}

export function Transcript({ lines, onPlace, onBack, onListen }: TranscriptProps) {
  const t = useT();
  const names = useNames().data ?? NO_NAMES;
  const end = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said last is in view.
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" }); // a promise in newer browsers, and no way to clean up
  }, [lines.length]);
  const seen = new Set<number>();
  return (
    <ol className={styles.transcript} aria-label={t("simulator.transcript")}>
      {lines.map((line, at) => {
        const first = line.deed !== null && !seen.has(line.deed) ? line.deed : null;
        if (first !== null) seen.add(first);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are only added at the end or cut off there.
            key={at}
            ref={at === lines.length - 1 ? end : undefined}
            className={classes(styles.line, styles[line.kind === "problem" ? "wrong" : line.who])}
          >
            <span className={styles.at}>{formatClock(Math.round(line.at_s))}</span>
            <span className="visually-hidden">{t(`simulator.who.${line.who}`)}</span>
            {onPlace && line.place ? (
              <button type="button" className={styles.said} onClick={() => onPlace(line)}>
                {words(line, names)}
              </button>
            ) : (
              <span className={styles.said}>{words(line, names)}</span>
            )}
            {line.kind === "spoken" && onListen ? (
              <IconButton
                label={t("simulator.listen")}
                icon={<Volume2 size={14} aria-hidden="true" />}
                onPress={() => onListen(line)}
              />
            ) : null}
            {first !== null && onBack ? (
              <IconButton
                label={t("simulator.back_to")}
                icon={<Undo2 size={14} aria-hidden="true" />}
                onPress={() => onBack(first)}
              />
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
