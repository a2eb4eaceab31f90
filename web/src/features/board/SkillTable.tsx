/** Every skill in one line: who waits for it, and who could help. */
import { useMemo } from "react";
import { formatClock, formatNumber } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import type { BoardSkill } from "@/live/protocol";
import { EmptyState } from "@/ui/EmptyState";
import { StateChip } from "@/ui/StateChip";
import { Table, type TableColumn } from "@/ui/Table";
import styles from "./board.module.css";

export function SkillTable({ skills }: { skills: readonly BoardSkill[] }) {
  const t = useT();
  const columns = useMemo<readonly TableColumn<BoardSkill>[]>(
    () => [
      {
        id: "name",
        label: t("board.column.skill"),
        cell: (skill) => <strong className={styles.name}>{localText(skill.name, skill.id)}</strong>,
        sort: (skill) => localText(skill.name, skill.id),
      },
      {
        id: "waiting",
        label: t("board.column.waiting"),
        align: "end",
        cell: (skill) => formatNumber(skill.waiting),
        sort: (skill) => skill.waiting,
      },
      {
        id: "longest",
        label: t("board.column.longest"),
        align: "end",
        cell: (skill) => (skill.waiting > 0 ? formatClock(skill.longest_wait_s) : "–"),
        sort: (skill) => skill.longest_wait_s,
      },
      {
        id: "agents",
        label: t("board.column.agents"),
        cell: (skill) =>
          skill.staffed === 0 ? (
            <StateChip state={skill.waiting > 0 ? "late" : "off"}>{t("board.nobody")}</StateChip>
          ) : (
            t("board.agents_of", { free: skill.available, staffed: skill.staffed })
          ),
        sort: (skill) => skill.available,
      },
    ],
    [t],
  );
  return (
    <Table
      label={t("board.skills")}
      columns={columns}
      rows={skills}
      rowId={(skill) => skill.id}
      empty={<EmptyState title={t("board.no_skills")} />}
    />
  );
}
