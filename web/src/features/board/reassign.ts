/** What a supervisor may order for a conversation: to a queue, to an agent when free, or to one at work at once. */

/** `free`: when the agent has room; `ring`: shown to them at once; `connect`: handed over without asking. */
export type How = "free" | "ring" | "connect";

export interface Colleague {
  id: string;
  name: string;
  presence: string;
}

export interface ReassignOrder {
  kind: "reassign";
  queue_id?: string;
  to_agent_id?: string;
  force?: "ring" | "connect";
}

/** The agent a choice (`agent:…`) stands for; a queue is nobody. */
export function agentOf(target: string | null, colleagues: readonly Colleague[]): Colleague | undefined {
  return colleagues.find((one) => `agent:${one.id}` === target);
}

/** Only somebody at work, be it on a break, can be rung or connected now. */
export function waysTo(agent: Colleague): readonly How[] {
  return agent.presence === "offline" ? ["free"] : ["free", "ring", "connect"];
}

/** The command for a choice (`queue:…` or `agent:…`); null when nothing is chosen. */
export function orderOf(target: string | null, how: How, colleagues: readonly Colleague[]): ReassignOrder | null {
  const [kind, id] = target?.split(/:(.*)/s) ?? [];
  if (!id) return null;
  if (kind === "queue") return { kind: "reassign", queue_id: id };
  const agent = agentOf(target, colleagues);
  const now = how !== "free" && agent !== undefined && waysTo(agent).includes(how);
  return { kind: "reassign", to_agent_id: id, ...(now ? { force: how } : {}) };
}
