/** Simulations: asked for, followed while they run, stopped, thrown away. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, api } from "@/api/client";
import { useResource } from "@/api/resource";
import { isOver, type Question, type Run } from "./whatif";

const LOOK_MS = 700;

/** A run by its id, asked again until it is over; `over` is called once then. */
export function useRun(id: string | null, over: () => void): { run: Run | null; error: ApiError | null } {
  const [run, setRun] = useState<Run | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const told = useRef(over);
  told.current = over;
  useEffect(() => {
    setError(null);
    if (id === null) {
      setRun(null);
      return;
    }
    let here = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let watched = false;
    const look = async () => {
      try {
        const found = await api.get<Run>(`/twin/runs/${id}`);
        if (!here) return;
        setRun(found);
        if (!isOver(found)) {
          watched = true;
          timer = setTimeout(() => void look(), LOOK_MS);
        } else if (watched) told.current();
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        if (here) setError(failure);
      }
    };
    void look();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [id]);
  return { run: run?.id === id ? run : null, error };
}

export function useRuns() {
  const list = useResource<{ items: readonly Run[] }>("/twin/runs", 5_000);
  const [chosen, setChosen] = useState<string | null>(null);
  const [refused, setRefused] = useState<ApiError | null>(null);
  const { reload } = list;
  const { run, error } = useRun(chosen, () => void reload());
  const act = useCallback(
    async (doing: () => Promise<unknown>) => {
      setRefused(null);
      try {
        await doing();
      } catch (failure) {
        if (!(failure instanceof ApiError)) throw failure;
        setRefused(failure);
      }
      await reload();
    },
    [reload],
  );
  return {
    runs: list.data?.items ?? [],
    run,
    chosen,
    choose: setChosen,
    error: refused ?? error,
    begin: (question: Question) => act(async () => setChosen((await api.post<Run>("/twin/runs", question)).id)),
    stop: (id: string) => act(() => api.post(`/twin/runs/${id}/stop`)),
    forget: (id: string) =>
      act(async () => {
        await api.delete(`/twin/runs/${id}`);
        setChosen((before) => (before === id ? null : before));
      }),
  };
}
