/** The work on a journey as a page opens it: somebody's draft, one's own, or what is published. */
import { useCallback, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { ApiError, api } from "@/api/client";
import { refresh } from "@/api/resource";
import type { JourneyLine } from "@/api/settings";
import { hasRole, useSession } from "@/app/session";
import { locale } from "@/i18n/t";
import type { DesignerStore, Positions } from "../model/designer";
import { newJourney } from "../model/kinds";
import type { JourneyJson } from "../seams";
import { DraftRoom } from "./DraftRoom";
import { type Draft, DraftKeeper, type DraftLine, type Drawer, type Kept } from "./keeper";

interface PublishedJourney extends JourneyLine {
  document: JourneyJson;
}

/** What a page's store is made of. */
export interface OpenedDraft {
  readonly id: string;
  readonly journey: JourneyJson;
  readonly base_version: number;
  readonly editable: boolean;
  readonly positions: Positions;
  readonly keeper: DraftKeeper;
}

export interface DraftInHand {
  /** Null while it is fetched. */
  readonly opened: OpenedDraft | null;
  readonly error: ApiError | null;
  readonly retry: () => void;
}

/** The server's drafts of one journey. */
export function drawerOf(id: string): Drawer {
  const place = `/journeys/${id}/drafts`;
  const told = <R>(answer: R): R => {
    refresh(place);
    return answer;
  };
  return {
    create: async (begin) => told(await api.post<Draft>(place, begin)),
    save: async (draft, save) => told(await api.put<DraftLine>(`${place}/${draft}`, save)),
    read: (draft) => api.get<Draft>(`${place}/${draft}`),
    publish: async (draft, revision) => {
      const line = await api.post<JourneyLine>(`${place}/${draft}/publish?locale=${locale()}`, { revision });
      refresh("/journeys");
      return line;
    },
  };
}

/** The draft to open: the one asked for, else one's own last touched, else none. */
export function draftToOpen(lines: readonly DraftLine[], me: string | null, asked: string | null): string | null {
  if (asked) return lines.find((line) => line.id === asked)?.id ?? null;
  return lines.find((line) => line.owner === me)?.id ?? null;
}

async function open(id: string, me: string | null, asked: string | null): Promise<OpenedDraft> {
  const [published, drafts] = await Promise.all([
    api.get<PublishedJourney>(`/journeys/${id}`).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return null; // it is to be drawn first
      throw error;
    }),
    api.get<{ items: readonly DraftLine[] }>(`/journeys/${id}/drafts`),
  ]);
  const drawer = drawerOf(id);
  // `published` asks for what customers meet, whatever drafts there are.
  const chosen = asked === "published" ? null : draftToOpen(drafts.items, me, asked);
  const draft = chosen ? await drawer.read(chosen) : null;
  const base_version = draft?.base_version ?? published?.version ?? 0;
  const journey = draft?.document ?? published?.document ?? newJourney(id);
  const positions = draft?.positions ?? {};
  const keeper = new DraftKeeper(drawer, draft ?? { journey, positions, base_version }, "");
  return { id, journey, positions, base_version, editable: hasRole("designer", "admin"), keeper };
}

/** Open a journey for drawing; `asked` is a draft's id from the address, or `published`. */
export function useDraft(id: string, asked: string | null): DraftInHand {
  const { me } = useSession();
  const mine = me?.id ?? null;
  const [opened, setOpened] = useState<OpenedDraft | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is the wish to try once more.
  useEffect(() => {
    let here = true;
    setOpened(null);
    setError(null);
    open(id, mine, asked).then(
      (found) => here && setOpened(found),
      (refused: unknown) => {
        if (!(refused instanceof ApiError)) throw refused;
        if (here) setError(refused);
      },
    );
    return () => {
      here = false;
    };
  }, [id, asked, mine, turn]);
  const retry = useCallback(() => setTurn((now) => now + 1), []);
  return { opened: opened?.id === id ? opened : null, error, retry };
}

/** Save what a store holds as it changes, and when the page goes away. */
export function useKeeping(store: DesignerStore, keeper: DraftKeeper): void {
  useEffect(() => {
    const keep = () => {
      const { journey, positions } = store.state();
      if (store.editable) keeper.change({ journey, positions });
      const { base_version } = keeper.state();
      if (base_version !== store.base_version) store.rebase(base_version);
    };
    const hidden = () => {
      if (document.visibilityState === "hidden") void keeper.flush();
    };
    const leaving = (event: BeforeUnloadEvent) => {
      if (keeper.unsaved) event.preventDefault();
    };
    const stops = [store.subscribe(keep), keeper.subscribe(keep)];
    document.addEventListener("visibilitychange", hidden);
    addEventListener("beforeunload", leaving);
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("beforeunload", leaving);
      void keeper.flush();
    };
  }, [store, keeper]);
}

export function useKept(keeper: DraftKeeper): Kept {
  return useSyncExternalStore(keeper.subscribe, keeper.state);
}

/** The keeper of the page one is in; panes get it here. Null where nothing is kept, as in a preview. */
export function useKeeper(): DraftKeeper | null {
  return useContext(DraftRoom);
}
