/** The board for a screen on the wall: six numbers, each with what it is measured against. */
import { ArrowLeft, Maximize } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { navigate } from "@/app/router";
import { formatClock, formatNumber, formatPercent } from "@/i18n/format";
import { localText, useT } from "@/i18n/t";
import { useServerNow } from "@/live/now";
import type { Board } from "@/live/protocol";
import { readBoard } from "@/live/socket";
import { useLive } from "@/live/store";
import { IconButton } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { type State, StateChip } from "@/ui/StateChip";
import { levelState, totalsOf, waitState } from "./board";
import { WallQueues } from "./WallQueues";
import styles from "./wall.module.css";

function Tile({ name, value, state, note }: { name: string; value: ReactNode; state: State; note: string }) {
  return (
    <div className={styles.tile}>
      <dt>{name}</dt>
      <dd className={classes(styles.value, state === "late" && styles.bad)}>{value}</dd>
      <dd className={styles.note}>
        <StateChip state={state}>{note}</StateChip>
      </dd>
    </div>
  );
}

function Numbers({ board }: { board: Board }) {
  const t = useT();
  const now = useServerNow();
  const all = totalsOf(board);
  const longest_s = all.longest_since === null ? 0 : (now - all.longest_since) / 1000;
  const wait = all.longest ? waitState(longest_s, all.longest.target_s) : "ok";
  const clock = formatClock(longest_s);
  const level = all.lowest;
  return (
    <dl className={styles.tiles}>
      <Tile
        name={t("board.wall.waiting")}
        value={formatNumber(all.waiting)}
        state={wait}
        note={all.longest ? t("board.wall.longest", { clock }) : t("board.wall.no_wait")}
      />
      <Tile
        name={t("board.wall.connected")}
        value={formatNumber(all.connected)}
        state={all.offered > 0 ? "live" : "off"}
        note={t("board.wall.ringing", { count: all.offered })}
      />
      <Tile
        name={t("board.wall.free")}
        value={formatNumber(all.free)}
        state={all.free > 0 ? "ok" : all.waiting > 0 ? "late" : "wait"}
        note={t("board.wall.on_shift", { count: all.on_shift })}
      />
      <Tile
        name={t("board.wall.level")}
        value={level ? formatPercent(level.service_level) : "–"}
        state={level ? levelState(level.service_level, level.target) : "off"}
        note={
          level
            ? t("board.wall.level_of", {
                queue: localText(level.name, level.id),
                share: formatPercent(level.target),
              })
            : t("board.wall.level_none")
        }
      />
      <Tile
        name={t("board.wall.answered")}
        value={formatNumber(all.answered)}
        state={all.abandoned > 0 ? "wait" : "ok"}
        note={t("board.wall.abandoned", { count: all.abandoned })}
      />
      <Tile
        name={t("board.wall.estimate")}
        value={all.slowest ? formatClock(all.slowest.expected.most_s) : "–"}
        state={all.slowest ? "live" : "off"}
        note={all.slowest ? localText(all.slowest.name, all.slowest.id) : t("board.wall.estimate_none")}
      />
    </dl>
  );
}

export default function WallPage() {
  const t = useT();
  const board = useLive((state) => state.board);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(readBoard, []);
  const actions = (
    <>
      <IconButton
        label={t("board.wall.full")}
        icon={<Maximize size={16} aria-hidden="true" />}
        onPress={() => void frame.current?.requestFullscreen?.()}
      />
      <IconButton
        label={t("board.wall.back")}
        keys="G L"
        icon={<ArrowLeft size={16} aria-hidden="true" />}
        onPress={() => navigate("/live")}
      />
    </>
  );
  return (
    <Page title={t("board.title")} actions={actions} flush>
      {board ? (
        <div ref={frame} className={styles.wall}>
          <Numbers board={board} />
          <WallQueues board={board} />
        </div>
      ) : (
        <div aria-busy="true">
          <EmptyState title={t("board.loading")} text={t("board.loading_text")} />
        </div>
      )}
    </Page>
  );
}
