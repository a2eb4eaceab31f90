/** The conversation of the pane: held anew on the server whenever it, or the draft, changes. */
import { useEffect, useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import { useLocale } from "@/i18n/t";
import type { JourneyJson, Played } from "../seams";
import { takeHanded } from "./handed";
import { beginning, type Simulation, type Talk } from "./talk";

const PAUSE_MS = 250; // while somebody types in the draft

export interface Held {
  readonly talk: Talk;
  readonly told: Simulation | null;
  readonly refused: string | null;
  readonly busy: boolean;
  readonly change: (talk: Talk) => void;
}

function words(failure: unknown): string {
  if (!(failure instanceof ApiError)) throw failure;
  return `${failure.message} ${failure.fix}`;
}

/** A moment to begin at: this minute. */
function thisMinute(): string {
  const now = new Date();
  now.setSeconds(0, 0);
  return now.toISOString();
}

export function useTalk(journey: JourneyJson, playing: Played | null, handed: number): Held {
  const locale = useLocale();
  const [talk, setTalk] = useState<Talk>(() => beginning(thisMinute(), locale));
  const [told, setTold] = useState<Simulation | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const turn = useRef(0);
  const played = useRef(0);
  const skip = useRef<Talk | null>(null); // came from the server with its outcome

  useEffect(() => {
    const given = handed > 0 ? takeHanded() : null;
    if (given !== null) setTalk(given);
  }, [handed]);

  useEffect(() => {
    if (skip.current === talk) {
      skip.current = null;
      return;
    }
    const mine = ++turn.current;
    const path =
      playing !== null && playing.turn !== played.current
        ? { journey: playing.journey, channel: playing.channel, path: playing.path }
        : null;
    setBusy(true);
    const timer = setTimeout(async () => {
      if (playing !== null) played.current = playing.turn;
      try {
        const answer = await api.post<Simulation>("/journeys/simulate", {
          document: journey,
          scenery: talk.scenery,
          deeds: talk.deeds,
          path,
        });
        if (mine !== turn.current) return;
        setRefused(null);
        setTold(answer);
        if (path !== null) {
          const along = { scenery: answer.case.scenery, deeds: answer.case.deeds };
          skip.current = along;
          setTalk(along);
        }
      } catch (failure) {
        if (mine === turn.current) setRefused(words(failure));
      } finally {
        if (mine === turn.current) setBusy(false);
      }
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [talk, journey, playing]);

  return { talk, told, refused, busy, change: setTalk };
}
