/** The kinds of steps as the palette offers them, and how a new one begins. */
import type { JourneyJson, StepJson } from "../seams";
import { ON_ERROR } from "./paths";

export type Family = "talk" | "decide" | "work" | "people" | "flow";

interface Kind {
  kind: string;
  family: Family;
  begin: (journey: JourneyJson) => StepJson;
}

function elsewhere(journey: JourneyJson): string {
  const agent = typeof journey.agent_section === "string" ? journey.agent_section : "agent";
  const names = Object.keys(journey.sections);
  return names.includes(agent) ? agent : (names[0] ?? "start");
}

const toAgent = (journey: JourneyJson): StepJson => ({ step: "goto", section: elsewhere(journey) });

/** A prompt key to begin with: named after the journey, so that its texts are found beside each other. */
function prompt(journey: JourneyJson, name: string): string {
  return `${journey.id.replaceAll("-", "_")}.${name}`;
}

export const KINDS: readonly Kind[] = [
  { kind: "say", family: "talk", begin: (j) => ({ step: "say", prompt: prompt(j, "say") }) },
  {
    kind: "ask",
    family: "talk",
    begin: (j) => ({
      step: "ask",
      into: "answer",
      prompt: prompt(j, "ask"),
      expect: { input: "text" },
      give_up: [toAgent(j)],
    }),
  },
  {
    kind: "menu",
    family: "talk",
    begin: (j) => ({
      step: "menu",
      prompt: prompt(j, "menu"),
      options: [
        { value: "first", label: prompt(j, "option_first") },
        { value: "second", label: prompt(j, "option_second") },
      ],
      give_up: [toAgent(j)],
    }),
  },
  {
    kind: "show",
    family: "talk",
    begin: (j) => ({ step: "show", title: prompt(j, "card"), next: prompt(j, "next"), give_up: [toAgent(j)] }),
  },
  { kind: "announce", family: "talk", begin: () => ({ step: "announce", slot: "emergency" }) },
  { kind: "survey", family: "talk", begin: (j) => ({ step: "survey", prompt: prompt(j, "survey") }) },
  {
    kind: "voicemail",
    family: "talk",
    begin: (j) => ({ step: "voicemail", prompt: prompt(j, "voicemail"), done: [], give_up: [toAgent(j)] }),
  },
  {
    kind: "send_link",
    family: "talk",
    begin: (j) => ({ step: "send_link", to: { value: "var", path: "phone" }, sent: [], failed: [toAgent(j)] }),
  },
  {
    kind: "when",
    family: "decide",
    begin: () => ({
      step: "when",
      condition: { cond: "compare", left: { value: "var", path: "answer" }, op: "is_set" },
      // biome-ignore lint/suspicious/noThenProperty: the document's own word for a branch.
      then: [],
    }),
  },
  {
    kind: "hours",
    family: "decide",
    begin: (j) => ({ step: "hours", calendar: "support", closed: [toAgent(j)] }),
  },
  { kind: "set", family: "work", begin: () => ({ step: "set", into: "answer", value: "" }) },
  { kind: "reason", family: "work", begin: (j) => ({ step: "reason", intent: j.id.replaceAll("-", "_") }) },
  {
    kind: "invoke",
    family: "work",
    begin: (j) => ({ step: "invoke", task: "", into: "found", failed: [toAgent(j)] }),
  },
  {
    kind: "verify",
    family: "work",
    begin: (j) => ({
      step: "verify",
      method: "one_time_code",
      subject: { value: "var", path: "answer" },
      failed: [toAgent(j)],
      locked: [toAgent(j)],
    }),
  },
  {
    kind: "enqueue",
    family: "people",
    begin: (j) => ({
      step: "enqueue",
      queue: "",
      nobody_staffed: [{ step: "end", prompt: prompt(j, "nobody"), reason: "message_taken" }],
      queue_full: [{ step: "end", prompt: prompt(j, "full"), reason: "message_taken" }],
      overflow: [{ step: "end", prompt: prompt(j, "overflow"), reason: "message_taken" }],
    }),
  },
  {
    kind: "callback",
    family: "people",
    begin: (j) => ({
      step: "callback",
      queue: "",
      give_up: [{ step: "end", prompt: prompt(j, "no_number"), reason: "message_taken" }],
    }),
  },
  { kind: "goto", family: "flow", begin: toAgent },
  { kind: "call", family: "flow", begin: () => ({ step: "call", module: "" }) },
  { kind: "transfer", family: "flow", begin: () => ({ step: "transfer", journey: "" }) },
  { kind: "return", family: "flow", begin: () => ({ step: "return" }) },
  { kind: "end", family: "flow", begin: (j) => ({ step: "end", prompt: prompt(j, "end") }) },
];

export const FAMILIES: readonly Family[] = ["talk", "decide", "work", "people", "flow"];

export function begin(kind: string, journey: JourneyJson): StepJson {
  return KINDS.find((each) => each.kind === kind)?.begin(journey) ?? { step: kind };
}

/** Steps behind which nothing runs in their block. */
export const LAST = new Set(["goto", "transfer", "return", "end", "enqueue", "callback"]);

/** A journey as it begins: it greets and ends, nothing more; the checker tells what it lacks. */
export function newJourney(id: string): JourneyJson {
  const empty: JourneyJson = { id, on_error: [], sections: { start: [], agent: [] } };
  return { ...empty, title: `${id.replaceAll("-", "_")}.title`, on_error: [toAgent(empty)] };
}

export { ON_ERROR };
