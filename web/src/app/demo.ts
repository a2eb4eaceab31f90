/** Demo mode, when the server says so: roles to choose, the simulation to pause. */
import { api } from "@/api/client";
import { loadResource, type Resource, useResource } from "@/api/resource";

export interface DemoState {
  paused: boolean;
  /** Roles that can be entered without a password. */
  roles?: readonly string[];
  shop_url?: string;
}

/** Undefined data outside demo mode: the server has no such address there. */
export function useDemo(): Resource<DemoState> {
  return useResource<DemoState>("/demo/state", 30_000);
}

export async function pauseSimulation(paused: boolean): Promise<void> {
  await api.post("/demo/pause", { paused });
  await loadResource("/demo/state");
}
