/** Demo mode, when the server says so: roles to choose, the simulation to pause. */
import { api } from "@/api/client";
import { loadResource, useResource } from "@/api/resource";

export interface DemoState {
  demo: boolean;
  /** Whether simulated people were started, so that there is somebody to pause. */
  simulation: boolean;
  paused: boolean;
  /** Roles that can be entered without a password. */
  roles: readonly string[];
}

const STATE_PATH = "/demo/state";
export const SHOP_URL = "/demo/shop";
export const PHONE_URL = "/demo/phone/";

/** Null outside demo mode, and while the server has not said yet. */
export function useDemo(): DemoState | null {
  const { data } = useResource<DemoState>(STATE_PATH, 30_000);
  return data?.demo ? data : null;
}

export async function pauseSimulation(paused: boolean): Promise<void> {
  await api.post("/demo/pause", { paused });
  await loadResource(STATE_PATH);
}
