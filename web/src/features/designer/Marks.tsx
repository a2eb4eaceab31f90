/** What canvas and outline show at a step alike: how many problems it has, and what the pane in front tells of it. */
import { TriangleAlert } from "lucide-react";
import { useT } from "@/i18n/t";
import { classes } from "@/ui/classes";
import styles from "./marks.module.css";
import type { Layer } from "./seams";

export type Badge = NonNullable<Layer["badges"]> extends ReadonlyMap<string, infer Value> ? Value : never;

export function Marks({ badge, problems }: { badge: Badge | null; problems: number }) {
  const t = useT();
  return (
    <>
      {problems > 0 ? (
        <span className={styles.problem} title={t("designer.problems_here", { count: problems })}>
          <TriangleAlert size={12} aria-hidden="true" />
          <span className="visually-hidden">{t("designer.problems_here", { count: problems })}</span>
        </span>
      ) : null}
      {badge ? (
        <span className={classes(styles.badge, badge.tone && styles[badge.tone])}>{badge.text}</span>
      ) : null}
    </>
  );
}
