/** What the board's numbers mean: states against targets, agents in their order, sums. Pure. */
import type { Board, BoardAgent, BoardQueue, BoardWaiting } from "@/live/protocol";
import { loadOf } from "@/live/selectors";
import type { State } from "@/ui/StateChip";

/** This far below its target a service level is close, not late. */
const CLOSE_SHARE = 0.1;
const ROUNDING = 1e-6;

/** A wait against the queue's target: late beyond it, long beyond half of it. */
export function waitState(wait_s: number, target_s: number): "late" | "wait" | "ok" {
  if (wait_s > target_s) return "late";
  return wait_s > target_s / 2 ? "wait" : "ok";
}

export function levelState(level: number | null, target: number): Extract<State, "ok" | "wait" | "late" | "off"> {
  if (level === null) return "off";
  if (level >= target) return "ok";
  return target - level <= CLOSE_SHARE + ROUNDING ? "wait" : "late";
}

/** When the longest wait of a queue began, in ms; null when nobody waits. */
export function longestSince(queue: BoardQueue, board_at: string): number | null {
  if (queue.longest_wait_s === null || queue.waiting + queue.offered === 0) return null;
  return Date.parse(board_at) - queue.longest_wait_s * 1000;
}

export function isFree(agent: BoardAgent): boolean {
  return agent.presence === "available" && loadOf(agent.load) < loadOf(agent.capacity);
}

const ORDER = { available: 0, away: 1, offline: 2 } as const;

const MISSED: readonly string[] = ["late", "absent", "left"];

/** On shift first (available, then away), the freest on top; people off shift and not expected apart. */
export function groupAgents(agents: readonly BoardAgent[]): {
  onShift: readonly BoardAgent[];
  offShift: readonly BoardAgent[];
} {
  const sorted = [...agents].sort(
    (a, b) =>
      ORDER[a.presence] - ORDER[b.presence] || loadOf(b.load) - loadOf(a.load) || a.name.localeCompare(b.name),
  );
  const works = ({ presence, contacts, adherence }: BoardAgent) =>
    presence !== "offline" || contacts.length > 0 || (adherence !== null && MISSED.includes(adherence.state));
  return { onShift: sorted.filter(works), offShift: sorted.filter((agent) => !works(agent)) };
}

/** Longest waiting first; only of one queue when `queue` is given. */
export function waitingOf(board: Board, queue: string | null): readonly BoardWaiting[] {
  return board.waiting
    .filter((each) => queue === null || each.queue_id === queue)
    .toSorted((a, b) => (a.queued_at ?? "").localeCompare(b.queued_at ?? ""));
}

export interface Totals {
  waiting: number;
  offered: number;
  connected: number;
  /** In ms; null when nobody waits. */
  longest_since: number | null;
  /** The queue whose wait is the longest. */
  longest: BoardQueue | null;
  free: number;
  on_shift: number;
  answered: number;
  abandoned: number;
  /** The queue furthest below (or least above) its target. */
  lowest: (BoardQueue & { service_level: number }) | null;
  /** The queue that keeps newcomers waiting longest. */
  slowest: Estimated | null;
}

function sum(queues: readonly BoardQueue[], pick: (queue: BoardQueue) => number): number {
  return queues.reduce((total, queue) => total + pick(queue), 0);
}

function measured(queue: BoardQueue): queue is BoardQueue & { service_level: number } {
  return queue.service_level !== null;
}

export type Estimated = BoardQueue & { expected: NonNullable<BoardQueue["expected"]> };

function estimated(queue: BoardQueue): queue is Estimated {
  return queue.expected !== null;
}

export function totalsOf(board: Board): Totals {
  const { queues, agents } = board;
  const waits = queues
    .flatMap((queue) => {
      const since = longestSince(queue, board.at);
      return since === null ? [] : [{ queue, since }];
    })
    .toSorted((a, b) => a.since - b.since);
  return {
    waiting: sum(queues, (queue) => queue.waiting),
    offered: sum(queues, (queue) => queue.offered),
    connected: sum(queues, (queue) => queue.connected),
    longest_since: waits[0]?.since ?? null,
    longest: waits[0]?.queue ?? null,
    free: agents.filter(isFree).length,
    on_shift: agents.filter((agent) => agent.presence !== "offline").length,
    answered: sum(queues, (queue) => queue.answered_today),
    abandoned: sum(queues, (queue) => queue.abandoned_today),
    lowest:
      queues.filter(measured).toSorted((a, b) => a.service_level - a.target - (b.service_level - b.target))[0] ??
      null,
    slowest: queues.filter(estimated).toSorted((a, b) => b.expected.most_s - a.expected.most_s)[0] ?? null,
  };
}
