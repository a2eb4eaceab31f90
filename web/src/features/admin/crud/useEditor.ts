/** One item being edited: draft, saving, field errors, and what to do when somebody else was faster. */
import { useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import { loadResource, refresh } from "@/api/resource";
import { navigate } from "@/app/router";
import { t } from "@/i18n/t";
import { showToast } from "@/ui/toasts";
import { type Errors, errorsOf, NO_ERRORS } from "./errors";
import type { Kind } from "./kind";
import { changedFields, clashes, merge, same } from "./merge";

/** Somebody else's version, met while saving. */
export interface Conflict<Draft> {
  theirs: Draft;
  version: number;
  /** Fields they changed. */
  changed: readonly string[];
  /** Fields both changed. */
  clashes: readonly string[];
}

interface Held<Draft> {
  base: Draft;
  draft: Draft;
  version: number | null;
}

/** Unsaved work, kept while one looks elsewhere in the app. */
const kept = new Map<string, unknown>();

export function hasUnsaved(section: string, id: string): boolean {
  return kept.has(`${section}/${id}`);
}

export interface Editor<Draft> {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  dirty: boolean;
  busy: boolean;
  errors: Errors;
  conflict: Conflict<Draft> | null;
  save: () => Promise<void>;
  reset: () => void;
  remove: () => Promise<void>;
  keepMine: () => void;
  takeTheirs: () => void;
}

export function useEditor<Item extends { version: number }, Draft extends object>(
  kind: Kind<Item, Draft>,
  item: Item | null,
): Editor<Draft> {
  const place = `${kind.section}/${item ? kind.idOf(item) : "new"}`;
  const begin = (): Held<Draft> => {
    const base = item ? kind.draftOf(item) : kind.blank();
    return { base, draft: base, version: item?.version ?? null };
  };
  const [held, setHeld] = useState<Held<Draft>>(() => (kept.get(place) as Held<Draft> | undefined) ?? begin());
  const [errors, setErrors] = useState<Errors>(NO_ERRORS);
  const [conflict, setConflict] = useState<Conflict<Draft> | null>(null);
  const [busy, setBusy] = useState(false);
  const dirty = !same(held.base, held.draft);
  const newer = item !== null && held.version !== null && item.version > held.version;
  const current = newer && !dirty ? begin() : held;
  const latest = useRef(current);
  latest.current = current;

  const hold = (next: Held<Draft>) => {
    if (same(next.base, next.draft)) kept.delete(place);
    else kept.set(place, next);
    latest.current = next;
    setHeld(next);
  };

  const meet = async () => {
    if (!item) return;
    const fresh = await api.get<Item>(`${kind.path}/${kind.idOf(item)}`);
    const { base, draft } = latest.current;
    const theirs = kind.draftOf(fresh);
    setConflict({
      theirs,
      version: fresh.version,
      changed: changedFields(base, theirs),
      clashes: clashes(base, draft, theirs),
    });
  };

  const tell = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    setErrors(errorsOf(error));
  };

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setErrors(NO_ERRORS);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "conflict") await meet().catch((later: unknown) => tell(later));
      else tell(error);
    } finally {
      setBusy(false);
    }
  };

  return {
    draft: current.draft,
    dirty,
    busy,
    errors,
    conflict,
    set: (change) => hold({ ...latest.current, draft: { ...latest.current.draft, ...change } }),
    save: () =>
      attempt(async () => {
        const { draft, version } = latest.current;
        const body = kind.bodyOf(draft, version);
        const saved = item
          ? await api.put<Item>(`${kind.path}/${kind.idOf(item)}`, body)
          : await api.post<Item>(kind.path, body);
        const base = kind.draftOf(saved);
        hold({ base, draft: base, version: saved.version });
        kept.delete(place);
        showToast({ tone: "good", text: t("admin.saved", { name: kind.nameOf(saved) }) });
        await loadResource(kind.path);
        if (!item) navigate(`/admin/${kind.section}/${kind.idOf(saved)}`, { replace: true });
      }),
    reset: () => {
      setErrors(NO_ERRORS);
      setConflict(null);
      hold(begin());
    },
    remove: () =>
      attempt(async () => {
        if (!item) return;
        await api.delete(`${kind.path}/${kind.idOf(item)}`, { version: latest.current.version });
        kept.delete(place);
        showToast({ tone: "good", text: t("admin.removed", { name: kind.nameOf(item) }) });
        await loadResource(kind.path);
        navigate(`/admin/${kind.section}`, { replace: true });
      }),
    keepMine: () => {
      if (!conflict) return;
      const { base, draft } = latest.current;
      hold({
        base: conflict.theirs,
        draft: merge(base, draft, conflict.theirs),
        version: conflict.version,
      });
      setConflict(null);
      refresh(kind.path);
    },
    takeTheirs: () => {
      if (!conflict) return;
      hold({ base: conflict.theirs, draft: conflict.theirs, version: conflict.version });
      setConflict(null);
      refresh(kind.path);
    },
  };
}
