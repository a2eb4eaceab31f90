/** Questions over the socket that have an answer: sent once, never repeated by themselves. */
import { type Answer, type CallAsk, type CallClientFrame, CallRefused } from "./calls";
import { type ServerFrame, TOLD_ELSEWHERE } from "./protocol";
import { onFrame, transmit } from "./socket";

const PATIENCE_MS = 15_000;

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (why: CallRefused) => void;
  timer: ReturnType<typeof setTimeout>;
}

const waiting = new Map<string, Waiting>();
let listens = false;

function hear(frame: ServerFrame): void {
  if (frame.t !== "ack" && frame.t !== "error" && frame.t !== "call_answer") return;
  const asked = frame.cid ? waiting.get(frame.cid) : undefined;
  if (!asked || !frame.cid) return;
  waiting.delete(frame.cid);
  clearTimeout(asked.timer);
  if (frame.t === "error") asked.reject(new CallRefused(frame));
  else asked.resolve(frame);
}

function refusal(code: string, text: string): CallRefused {
  return new CallRefused({ code, text, fix: "" });
}

/** Ask something of a call. Rejects with `CallRefused`: the server's word, `offline`, or `timeout` after 15 s. */
export function askCall(ask: CallAsk): Promise<Answer> {
  if (!listens) onFrame(hear);
  listens = true;
  const cid = `${ask.t === "call_join" ? TOLD_ELSEWHERE : ""}${crypto.randomUUID()}`;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.delete(cid);
      reject(refusal("timeout", "No answer came."));
    }, PATIENCE_MS);
    waiting.set(cid, { resolve, reject, timer });
    const frame = { ...ask, cid } as CallClientFrame;
    if (transmit(frame)) return;
    waiting.delete(cid);
    clearTimeout(timer);
    reject(refusal("offline", "There is no connection."));
  });
}

/** Ask, and let the refusal be told as every refusal of the socket is. */
export function tellCall(ask: CallAsk): void {
  askCall(ask).catch((error: unknown) => {
    if (!(error instanceof CallRefused)) throw error;
  });
}
