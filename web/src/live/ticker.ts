/** One tick a second for heartbeat, countdowns and ring, also in a hidden tab. */
type Listener = (now_ms: number) => void;

const listeners = new Set<Listener>();
let started = false;

function tick(): void {
  const now_ms = Date.now();
  for (const listener of listeners) listener(now_ms);
}

function start(): void {
  started = true;
  if (typeof Worker === "undefined") {
    setInterval(tick, 1000);
    return;
  }
  const worker = new Worker(new URL("./ticker.worker.ts", import.meta.url), { type: "module" });
  worker.onmessage = tick;
  worker.onerror = () => setInterval(tick, 1000);
}

export function onTick(listener: Listener): () => void {
  if (!started) start();
  listeners.add(listener);
  return () => listeners.delete(listener);
}
