/** Arranges lanes beside the page, so that a difficult one never holds up typing. */
import { dagre } from "./arrange";
import type { Arranged, Plan } from "./columns";

addEventListener("message", ({ data }: MessageEvent<{ turn: number; plans: readonly Plan[] }>) => {
  const answer: { turn: number; arranged: readonly Arranged[] } = {
    turn: data.turn,
    arranged: data.plans.map(dagre),
  };
  postMessage(answer);
});
