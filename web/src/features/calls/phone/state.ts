/** My audio in each call, as data; `reduceLegs` is the only place that changes it. Pure. */
import type { AudioMode } from "@/live/calls";
import type { MicrophoneProblem } from "./microphone";
import type { LocalQuality } from "./quality";

/**
 * `ready`: offered and gathered, not sent yet. `lost`: the way broke, another is tried. `left`: on my own wish.
 * `elsewhere`: another window of this browser has it. `failed`: needs me.
 */
export type LegPhase = "preparing" | "ready" | "joining" | "up" | "lost" | "left" | "elsewhere" | "failed";
/** `own`: the contact is mine. `consult`: a colleague asked me. `supervise`: I listen to somebody else's call. */
export type LegRole = "own" | "consult" | "supervise";
export type Trouble = MicrophoneProblem | "no_way" | "refused";

export interface Leg {
  contact: string;
  role: LegRole;
  mode: AudioMode;
  phase: LegPhase;
  trouble: Trouble | null;
  muted: boolean;
  /** Times the way was lost in a row. */
  losses: number;
  /** A join after a reload or a loss: the caller hears music meanwhile. */
  again: boolean;
  quality: LocalQuality | null;
}

export type Legs = Readonly<Record<string, Leg>>;

export type LegAction =
  | { do: "open"; contact: string; role: LegRole; mode: AudioMode; again: boolean }
  | { do: "phase"; contact: string; phase: LegPhase; trouble?: Trouble }
  | { do: "role"; contact: string; role: LegRole }
  | { do: "mode"; contact: string; mode: AudioMode }
  | { do: "mute"; contact: string; muted: boolean }
  | { do: "quality"; contact: string; quality: LocalQuality }
  | { do: "close"; contact: string };

function change(legs: Legs, contact: string, difference: Partial<Leg>): Legs {
  const leg = legs[contact];
  return leg ? { ...legs, [contact]: { ...leg, ...difference } } : legs;
}

export function reduceLegs(legs: Legs, action: LegAction): Legs {
  const { contact } = action;
  switch (action.do) {
    case "open": {
      const before = legs[contact];
      const leg: Leg = {
        contact,
        role: action.role,
        mode: action.mode,
        phase: "preparing",
        trouble: null,
        muted: before?.muted ?? false,
        losses: before?.losses ?? 0,
        again: action.again || before?.phase === "lost",
        quality: null,
      };
      return { ...legs, [contact]: leg };
    }
    case "phase": {
      const losses = legs[contact]?.losses ?? 0;
      return change(legs, contact, {
        phase: action.phase,
        trouble: action.trouble ?? null,
        losses: action.phase === "up" ? 0 : action.phase === "lost" ? losses + 1 : losses,
      });
    }
    case "role":
      return change(legs, contact, { role: action.role, mode: "talk" });
    case "mode":
      return change(legs, contact, { mode: action.mode });
    case "mute":
      return change(legs, contact, { muted: action.muted });
    case "quality":
      return change(legs, contact, { quality: action.quality });
    case "close": {
      if (!(contact in legs)) return legs;
      const { [contact]: _gone, ...rest } = legs;
      return rest;
    }
  }
}
