/** Short messages that come and go, with one action (most often: undo). */
export interface ToastMessage {
  id: number;
  tone: "plain" | "good" | "bad";
  text: string;
  fix?: string;
  action?: { label: string; run: () => void };
  /** How long it stays, in ms; null: until closed. */
  stays_ms: number | null;
}

type Listener = () => void;

const MOST = 4;

let shown: readonly ToastMessage[] = [];
let nextId = 1;
const listeners = new Set<Listener>();

function publish(next: readonly ToastMessage[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

export function showToast(message: Partial<ToastMessage> & { text: string }): number {
  const id = nextId++;
  const stays = message.stays_ms === undefined ? (message.action || message.fix ? 8000 : 5000) : message.stays_ms;
  const toast: ToastMessage = { ...message, tone: message.tone ?? "plain", id, stays_ms: stays };
  publish([...shown, toast].slice(-MOST));
  return id;
}

export function closeToast(id: number): void {
  publish(shown.filter((toast) => toast.id !== id));
}

export function subscribeToasts(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function shownToasts(): readonly ToastMessage[] {
  return shown;
}
