/** A journey's document as a tree to read: sections in the order customers reach them. Pure. */

type Json = Readonly<Record<string, unknown>>;

export interface JourneyDocument {
  id: string;
  kind?: string;
  title?: string;
  sections: Readonly<Record<string, readonly Json[]>>;
  on_error: readonly Json[];
}

export interface Branch {
  /** `then`, `failed` …, or `option`. */
  name: string;
  /** The prompt key of an option's label. */
  label: string | null;
  steps: readonly StepNode[];
}

export interface StepNode {
  /** Where it stands: `start/2/failed/0`. */
  path: string;
  kind: string;
  /** The prompt it says first. */
  prompt: string | null;
  /** What it does, in its own terms: names of variables, tasks, queues. */
  detail: string;
  attempts: number | null;
  level: number | null;
  timeout_s: number | null;
  overflow_s: number | null;
  /** Section it leads to. */
  goto: string | null;
  /** Journey or module it leads to. */
  journey: string | null;
  branches: readonly Branch[];
}

export interface SectionNode {
  id: string;
  steps: readonly StepNode[];
  /** Steps in all its branches. */
  count: number;
}

export const ON_ERROR = "on_error";

const BLOCKS = [
  "then",
  "otherwise",
  "open",
  "closed",
  "holiday",
  "emergency",
  "failed",
  "timed_out",
  "locked",
  "unavailable",
  "give_up",
  "nobody_staffed",
  "queue_full",
  "overflow",
  "callback",
  "done",
  "sent",
] as const;

const DEFAULTS: Readonly<Record<string, Json>> = {
  ask: { attempts: 3 },
  menu: { attempts: 3 },
  verify: { attempts: 3, level: 2 },
  invoke: { timeout_s: 5 },
  enqueue: { overflow_after_s: 900 },
};

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function asNumber(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

/** A value as people write it: `order.status`, "shipped", 3. */
export function spellValue(value: unknown): string {
  if (isJson(value)) return asText(value.path) ?? "?";
  if (Array.isArray(value)) return value.map(spellValue).join(", ");
  return typeof value === "string" ? `“${value}”` : String(value);
}

/** A condition as people write it: `order.status == “shipped”`. */
export function spellCondition(condition: unknown): string {
  if (!isJson(condition)) return "?";
  const parts = Array.isArray(condition.conditions) ? condition.conditions.map(spellCondition) : [];
  if (condition.cond === "all") return `(${parts.join(" ∧ ")})`;
  if (condition.cond === "any") return `(${parts.join(" ∨ ")})`;
  if (condition.cond === "not") return `¬ ${spellCondition(condition.condition)}`;
  const left = spellValue(condition.left);
  return condition.op === "is_set"
    ? `${left} ✓`
    : `${left} ${String(condition.op)} ${spellValue(condition.right)}`;
}

/** What a step does, in its own terms: names of variables, tasks, queues. */
export function detailOf(step: Json): string {
  const into = asText(step.into);
  switch (step.step) {
    case "ask":
      return `→ ${into ?? ""} (${isJson(step.expect) ? String(step.expect.input) : "?"})`;
    case "when":
      return spellCondition(step.condition);
    case "set":
      return `${into ?? ""} = ${spellValue(step.value ?? null)}`;
    case "reason":
      return asText(step.intent) ?? "";
    case "invoke":
      return `${String(step.task)} → ${into ?? ""}`;
    case "verify":
      return String(step.method);
    case "hours":
      return String(step.calendar);
    case "announce":
      return String(step.slot);
    case "enqueue":
    case "callback":
      return String(step.queue);
    case "voicemail":
      return `≤ ${String(step.max_s ?? 120)} s`;
    case "send_link":
      return `${String(step.link ?? "chat")} → ${spellValue(step.to ?? null)}`;
    case "survey":
      return String(step.metric ?? "csat");
    case "end":
      return String(step.reason ?? "contained");
    case "call":
      return into ? `→ ${into}` : "";
    case "return":
      return step.value === undefined ? "" : spellValue(step.value);
    default:
      return "";
  }
}

const FIRST_PROMPT: Readonly<Record<string, string>> = {
  enqueue: "enter_prompt",
  callback: "ask_prompt",
  show: "title",
};

/** The key of the prompt a step says first. */
export function promptOf(step: Json): string | null {
  return asText(step.prompt) ?? asText(step[FIRST_PROMPT[asText(step.step) ?? "?"] ?? ""]);
}

function stepsOf(block: unknown, path: string): readonly StepNode[] {
  if (!Array.isArray(block)) return [];
  return block.filter(isJson).map((step, at) => stepOf(step, `${path}/${at}`));
}

function stepOf(step: Json, path: string): StepNode {
  const kind = asText(step.step) ?? "?";
  const whole: Json = { ...DEFAULTS[kind], ...step };
  const options = Array.isArray(step.options) ? step.options.filter(isJson) : [];
  return {
    path,
    kind,
    prompt: promptOf(step),
    detail: detailOf(step),
    attempts: asNumber(whole.attempts),
    level: kind === "verify" ? asNumber(whole.level) : null,
    timeout_s: asNumber(whole.timeout_s),
    overflow_s: asNumber(whole.overflow_after_s),
    goto: kind === "goto" ? asText(step.section) : null,
    journey: kind === "transfer" ? asText(step.journey) : kind === "call" ? asText(step.module) : null,
    branches: [
      ...options.map(
        (option): Branch => ({
          name: "option",
          label: asText(option.label),
          steps: stepsOf(option.then, `${path}/option:${String(option.value)}`),
        }),
      ),
      ...BLOCKS.flatMap((name): Branch[] => {
        const steps = stepsOf(step[name], `${path}/${name}`);
        return steps.length > 0 ? [{ name, label: null, steps }] : [];
      }),
    ],
  };
}

/** All steps of a block, branches included, in reading order. */
export function everyStep(steps: readonly StepNode[]): readonly StepNode[] {
  return steps.flatMap((step) => [step, ...step.branches.flatMap((branch) => everyStep(branch.steps))]);
}

/** The sections from `start` on in the order in which they are reached, then what is left, `on_error` last. */
export function outlineOf(document: JourneyDocument): readonly SectionNode[] {
  const sections = new Map(Object.entries(document.sections).map(([id, block]) => [id, stepsOf(block, id)]));
  const order: string[] = [];
  const visit = (id: string) => {
    const steps = sections.get(id);
    if (!steps || order.includes(id)) return;
    order.push(id);
    for (const { goto } of everyStep(steps)) if (goto) visit(goto);
  };
  visit("start");
  for (const id of [...sections.keys()].sort()) visit(id);
  const errors = stepsOf(document.on_error, ON_ERROR);
  return [...order.map((id) => ({ id, steps: sections.get(id) ?? [] })), { id: ON_ERROR, steps: errors }].map(
    (section) => ({ ...section, count: everyStep(section.steps).length }),
  );
}
