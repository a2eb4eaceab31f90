/** The live board: queues, agents, who waits, and the ledger, as they are this second. */
import { Monitor, X } from "lucide-react";
import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { EmergencySwitch } from "@/app/emergency/EmergencySwitch";
import { lazy } from "@/app/fetching";
import { navigate } from "@/app/router";
import { localText, useT } from "@/i18n/t";
import { readBoard } from "@/live/socket";
import { useLive } from "@/live/store";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { AgentGrid } from "./AgentGrid";
import { AlertStrip } from "./AlertStrip";
import { waitingOf } from "./board";
import styles from "./board.module.css";
import { LedgerStrip } from "./LedgerStrip";
import { QueueTable } from "./QueueTable";
import type { Movable } from "./ReassignDialog";
import { SkillTable } from "./SkillTable";
import { WaitingTable } from "./WaitingTable";

const ReassignDialog = lazy(() => import("./ReassignDialog"));

export default function BoardPage() {
  const t = useT();
  const board = useLive((state) => state.board);
  const [queue, setQueue] = useState<string | null>(null);
  const [moving, setMoving] = useState<Movable | null>(null);
  useEffect(readBoard, []);
  const reassign = useCallback((contact: Movable) => setMoving(contact), []);
  const waiting = useMemo(() => (board ? waitingOf(board, queue) : []), [board, queue]);
  const chosen = board?.queues.find((each) => each.id === queue);
  const chosenName = chosen ? localText(chosen.name, chosen.id) : "";
  const wall = (
    <Button icon={<Monitor size={14} aria-hidden="true" />} keys="G W" onPress={() => navigate("/live/wall")}>
      {t("board.wall")}
    </Button>
  );
  return (
    <Page title={t("board.title")} actions={wall}>
      {board ? (
        <div className={styles.board}>
          <EmergencySwitch />
          <AlertStrip alerts={board.alerts} />
          <LedgerStrip ledger={board.ledger} />
          <section className={styles.section} aria-labelledby="board-queues">
            <h2 id="board-queues">{t("board.queues")}</h2>
            <QueueTable board={board} onOpen={({ id }) => setQueue((before) => (before === id ? null : id))} />
          </section>
          {board.skills && board.skills.length > 0 ? (
            <details className={styles.section}>
              <summary>
                {t("board.skills")} <span className={styles.quiet}>{board.skills.length}</span>
              </summary>
              <SkillTable skills={board.skills} />
            </details>
          ) : null}
          <section className={styles.section} aria-labelledby="board-waiting">
            <header className={styles.sectionHead}>
              <h2 id="board-waiting">
                {t("board.waiting_list")} <span className={styles.quiet}>{waiting.length}</span>
              </h2>
              {chosen ? (
                <Button tone="quiet" icon={<X size={13} aria-hidden="true" />} onPress={() => setQueue(null)}>
                  {t("board.filter", { queue: chosenName })}
                  <span className="visually-hidden">{t("board.filter_clear")}</span>
                </Button>
              ) : null}
            </header>
            <WaitingTable
              rows={waiting}
              queues={board.queues}
              empty={chosen ? t("board.none_waiting_here", { queue: chosenName }) : t("board.none_waiting")}
              onReassign={reassign}
            />
          </section>
          <section className={styles.section} aria-labelledby="board-agents">
            <h2 id="board-agents">{t("board.agents")}</h2>
            <AgentGrid agents={board.agents} onReassign={reassign} />
          </section>
        </div>
      ) : (
        <div aria-busy="true">
          <EmptyState title={t("board.loading")} text={t("board.loading_text")} />
        </div>
      )}
      {moving ? (
        <Suspense fallback={null}>
          <ReassignDialog contact={moving} onClose={() => setMoving(null)} />
        </Suspense>
      ) : null}
    </Page>
  );
}
