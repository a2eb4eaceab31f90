/** Where a message stands, as people read it. Pure. */
import type { LeftMessage } from "@/api/messages";

export type Standing = "unheard" | "heard" | "done" | "promised" | "taken";

export function standingOf({ stage, heard }: Pick<LeftMessage, "stage" | "heard">): Standing {
  if (stage !== "open") return stage;
  return heard === null ? "unheard" : "heard";
}
