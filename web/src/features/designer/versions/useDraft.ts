/** The work on a journey as a page opens it: somebody's draft, one's own, or what is published. */
import { useCallback, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { ApiError, api } from "@/api/client";
import { refresh } from "@/api/resource";
import type { JourneyLine } from "@/api/settings";
import { navigate } from "@/app/router";
import { hasRole, useSession } from "@/app/session";
import { locale } from "@/i18n/t";
import type { DesignerStore, Positions } from "../model/designer";
import { newJourney } from "../model/kinds";
import type { JourneyJson } from "../seams";
import { type Aside, dropAside, readAside, writeAside } from "./aside";
import { DraftRoom } from "./DraftRoom";
import { type Draft, DraftKeeper, type DraftLine, type Drawer, type Kept, later } from "./keeper";
import { comeBack, leave } from "./leaving";

interface PublishedJourney extends JourneyLine {
  document: JourneyJson;
}

/** What a page's store is made of. */
export interface OpenedDraft {
  readonly id: string;
  /** Which opening this is: rooms begin anew with each. */
  readonly turn: number;
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

/**
 * Whether the address has to name the draft that is in hand `now`: one went on in a copy, or the address asked for
 * something else when the first change made a draft.
 */
export function isNewAddress(asked: string | null, before: string | null, now: string | null): boolean {
  return now !== null && now !== before && now !== asked && (before !== null || asked !== null);
}

/** What was drawn and not saved before the page was loaded again; also of a draft that somebody deleted meanwhile. */
function asideOf(me: string | null, id: string, asked: string | null, draft: Draft | null): Aside | null {
  if (draft === null) return readAside(me, id, asked === "published" ? null : asked) ?? readAside(me, id, null);
  const first = readAside(me, id, null);
  // The first change was on its way: if it arrived, this is the draft that it made.
  if (first && draft.revision === 1 && first.fresh === draft.id) return first;
  dropAside(me, id, null);
  return readAside(me, id, draft.id);
}

let openings = 0;

async function open(id: string, me: string | null, asked: string | null): Promise<OpenedDraft> {
  await comeBack(id);
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
  const begin = {
    journey: published?.document ?? newJourney(id),
    positions: {},
    base_version: published?.version ?? 0,
  };
  const editable = hasRole("designer", "admin");
  const aside = editable ? asideOf(me, id, asked, draft) : null;
  const keeper = new DraftKeeper(drawer, draft ?? begin, "", later, aside);
  const { journey, positions } = keeper.work();
  openings += 1;
  return { id, turn: openings, journey, positions, base_version: keeper.state().base_version, editable, keeper };
}

/** Open a journey for drawing; `asked` is a draft's id from the address, or `published`. */
export function useDraft(id: string, asked: string | null): DraftInHand {
  const { me } = useSession();
  const mine = me?.id ?? null;
  const [opened, setOpened] = useState<OpenedDraft | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [turn, setTurn] = useState(0);
  const inHand = useRef<OpenedDraft | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` is the wish to try once more.
  useEffect(() => {
    let here = true;
    // The address names what is in hand already, as when one went on in a copy.
    const named = asked !== null && inHand.current?.id === id && draftIn(inHand.current) === asked;
    if (named) return;
    const show = (found: OpenedDraft | null) => {
      inHand.current = found;
      setOpened(found);
    };
    show(null);
    setError(null);
    open(id, mine, asked).then(
      (found) => here && show(found),
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

function draftIn({ keeper }: OpenedDraft): string | null {
  return keeper.state().draft?.id ?? null;
}

/** Save what a store holds as it changes, and when the page goes away; what cannot be saved then is put aside. */
export function useKeeping(store: DesignerStore, keeper: DraftKeeper): void {
  const { me } = useSession();
  const mine = me?.id ?? null;
  useEffect(() => {
    const tidy = () => dropAside(mine, store.id, keeper.state().draft?.id ?? null);
    const putAside = () => {
      const aside = keeper.aside();
      if (aside) writeAside(mine, store.id, aside);
      else tidy();
    };
    // What was put aside is in the keeper's hands.
    for (const draft of [null, new URLSearchParams(location.search).get("draft")])
      dropAside(mine, store.id, draft);
    tidy();
    keeper.resume();
    let draft = keeper.state().draft?.id ?? null;
    const follow = () => {
      const now = keeper.state().draft?.id ?? null;
      const before = draft;
      draft = now;
      const asked = new URLSearchParams(location.search).get("draft");
      if (isNewAddress(asked, before, now)) navigate(`/journeys/${store.id}/edit?draft=${now}`, { replace: true });
    };
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
    const stops = [store.subscribe(keep), keeper.subscribe(keep), keeper.subscribe(follow)];
    document.addEventListener("visibilitychange", hidden);
    addEventListener("beforeunload", leaving);
    addEventListener("pagehide", putAside);
    addEventListener("pageshow", tidy); // it came back as it was left
    return () => {
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", hidden);
      removeEventListener("beforeunload", leaving);
      removeEventListener("pagehide", putAside);
      removeEventListener("pageshow", tidy);
      void leave(keeper, mine, store.id);
    };
  }, [store, keeper, mine]);
}

export function useKept(keeper: DraftKeeper): Kept {
  return useSyncExternalStore(keeper.subscribe, keeper.state);
}

/** The keeper of the page one is in; panes get it here. Null where nothing is kept, as in a preview. */
export function useKeeper(): DraftKeeper | null {
  return useContext(DraftRoom);
}
