/** Everybody on shift as cards, everybody else as a line of names. */
import { UsersRound } from "lucide-react";
import { useMemo } from "react";
import { useT } from "@/i18n/t";
import type { BoardAgent } from "@/live/protocol";
import { EmptyState } from "@/ui/EmptyState";
import { AgentCard } from "./AgentCard";
import { groupAgents } from "./board";
import styles from "./board.module.css";
import type { Movable } from "./ReassignDialog";

export interface AgentGridProps {
  agents: readonly BoardAgent[];
  onReassign: (contact: Movable) => void;
}

export function AgentGrid({ agents, onReassign }: AgentGridProps) {
  const t = useT();
  const { onShift, offShift } = useMemo(() => groupAgents(agents), [agents]);
  if (agents.length === 0) return <EmptyState title={t("board.no_agents")} text={t("board.no_agents_text")} />;
  return (
    <>
      {onShift.length > 0 ? (
        <ul className={styles.agents}>
          {onShift.map((agent) => (
            <AgentCard key={agent.id} agent={agent} onReassign={onReassign} />
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<UsersRound size={24} aria-hidden="true" />}
          title={t("board.nobody_on_shift")}
          text={t("board.nobody_on_shift_text")}
        />
      )}
      {offShift.length > 0 ? (
        <p className={styles.offShift}>
          <strong>{t("board.off_shift", { count: offShift.length })}</strong>{" "}
          {offShift.map((agent) => agent.name).join(", ")}
        </p>
      ) : null}
    </>
  );
}
