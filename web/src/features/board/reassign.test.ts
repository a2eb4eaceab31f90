import { expect, test } from "vitest";
import { agentOf, orderOf, waysTo } from "./reassign";

const mina = { id: "m", name: "Mina", presence: "available" };
const yuki = { id: "y", name: "Yuki", presence: "away" };
const hana = { id: "h", name: "Hana", presence: "offline" };
const all = [mina, yuki, hana];

test("a queue gets the conversation whatever was chosen for an agent before", () => {
  expect(orderOf("queue:returns:eu", "connect", all)).toEqual({ kind: "reassign", queue_id: "returns:eu" });
  expect(agentOf("queue:m", all)).toBeUndefined();
});

test("an agent at work can be rung or connected now, also on a break", () => {
  expect(orderOf("agent:m", "ring", all)).toEqual({ kind: "reassign", to_agent_id: "m", force: "ring" });
  expect(orderOf("agent:y", "connect", all)).toEqual({ kind: "reassign", to_agent_id: "y", force: "connect" });
  expect(orderOf("agent:m", "free", all)).toEqual({ kind: "reassign", to_agent_id: "m" });
});

test("who is off shift is never forced, whatever was chosen for somebody else before", () => {
  expect(waysTo(hana)).toEqual(["free"]);
  expect(orderOf("agent:h", "connect", all)).toEqual({ kind: "reassign", to_agent_id: "h" });
});

test("nothing chosen, nothing ordered", () => {
  expect(orderOf(null, "ring", all)).toBeNull();
});
