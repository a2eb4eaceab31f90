/** Lanes are arranged in a worker within a time limit; the plain columns stand in where that takes too long. */
import type { Arranged, Plan } from "./columns";
import type { Lane } from "./graph";

/** How long the automatic layout may take, in ms. */
export const LIMIT_MS = 2000;
const MOST_KEPT = 400;

export interface Arranger {
  /** Arrange every plan; reject when it fails. */
  arrange(plans: readonly Plan[]): Promise<readonly Arranged[]>;
  /** Give up what is under way. */
  stop(): void;
}

export function planOf({ boxes, lines }: Lane): Plan {
  const at = new Map(boxes.map(({ id }, index) => [id, index]));
  return {
    shapes: boxes.map(({ shape }) => shape),
    lines: lines.map(({ from, to }) => [at.get(from) ?? 0, at.get(to) ?? 0] as const),
  };
}

interface Waiting {
  done: (arranged: readonly Arranged[]) => void;
  failed: (reason: Error) => void;
}

/** A worker that is started when it is first needed, and anew after it was stopped. */
export function workerArranger(): Arranger {
  let worker: Worker | null = null;
  let turn = 0;
  const waiting = new Map<number, Waiting>();
  const stop = () => {
    worker?.terminate();
    worker = null;
    for (const { failed } of waiting.values()) failed(new Error("the layout was given up"));
    waiting.clear();
  };
  const start = () => {
    const started = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    started.onerror = stop;
    started.onmessage = ({ data }: MessageEvent<{ turn: number; arranged: readonly Arranged[] }>) => {
      waiting.get(data.turn)?.done(data.arranged);
      waiting.delete(data.turn);
    };
    return started;
  };
  return {
    arrange: (plans) =>
      new Promise((done, failed) => {
        worker ??= start();
        waiting.set(++turn, { done, failed });
        worker.postMessage({ turn, plans });
      }),
    stop,
  };
}

type Columns = (plan: Plan) => Arranged;

/** Remembers lanes by their form: a changed text moves nothing, and only changed lanes are arranged anew. */
export class Layouts {
  readonly #arranger: Arranger;
  readonly #columns: Columns;
  readonly #limit_ms: number;
  readonly #kept = new Map<string, Arranged>();
  readonly #forms = new WeakMap<Lane, string>();

  constructor(arranger: Arranger, columns: Columns, limit_ms = LIMIT_MS) {
    this.#arranger = arranger;
    this.#columns = columns;
    this.#limit_ms = limit_ms;
  }

  #form(lane: Lane): string {
    let form = this.#forms.get(lane);
    if (form === undefined) {
      form = JSON.stringify(planOf(lane));
      this.#forms.set(lane, form);
    }
    return form;
  }

  /** The arrangement of a lane, if it is known. */
  known(lane: Lane): Arranged | null {
    return this.#kept.get(this.#form(lane)) ?? null;
  }

  /** Arrange what is not known yet, within the limit; after it, `known` knows all of these lanes. */
  async arrange(lanes: readonly Lane[]): Promise<void> {
    const missing = new Map(
      lanes.filter((lane) => !this.known(lane)).map((lane) => [this.#form(lane), planOf(lane)]),
    );
    if (missing.size === 0) return;
    const plans = [...missing.values()];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<null>((done) => {
      timer = setTimeout(() => done(null), this.#limit_ms);
    });
    const arranged = await Promise.race([this.#arranger.arrange(plans).catch(() => null), late]);
    clearTimeout(timer);
    if (arranged === null) this.#arranger.stop();
    for (const [at, form] of [...missing.keys()].entries()) {
      const plan = plans[at];
      if (plan) this.#keep(form, arranged?.[at] ?? this.#columns(plan));
    }
  }

  stop(): void {
    this.#arranger.stop();
  }

  #keep(form: string, arranged: Arranged): void {
    this.#kept.set(form, arranged);
    const oldest = this.#kept.size > MOST_KEPT ? this.#kept.keys().next().value : undefined;
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}
