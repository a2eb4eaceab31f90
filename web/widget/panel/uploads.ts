/** Files on their way to the server: chosen, dropped or pasted; sent along with the next message. */

import type { Session } from "../core/session";
import type { Attachment } from "../protocol";

export interface Upload {
  id: number;
  name: string;
  bytes: number;
  share: number;
  file: Attachment | null;
}

export type UploadProblem = { kind: "too_large" | "refused" | "too_many" | "failed" | "offline"; name: string };

const DEFAULT_MAX_BYTES = 10_000_000;

export class Uploads {
  list: Upload[] = [];
  problem: UploadProblem | null = null;
  private nextId = 1;
  private readonly requests = new Map<number, XMLHttpRequest>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly session: Session) {}

  get maxBytes(): number {
    return this.session.state.settings?.upload_max_bytes ?? DEFAULT_MAX_BYTES;
  }

  get isBusy(): boolean {
    return this.list.some((upload) => upload.file === null);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (file.size > this.maxBytes) this.fail({ kind: "too_large", name: file.name });
      else this.begin(file);
    }
  }

  remove(id: number): void {
    this.requests.get(id)?.abort();
    this.requests.delete(id);
    this.change(this.list.filter((upload) => upload.id !== id));
  }

  /** Hand over what is complete; it now belongs to the message. */
  take(): Attachment[] {
    const files = this.list.flatMap((upload) => (upload.file ? [upload.file] : []));
    this.problem = null; // whoever sends has read it
    this.change(this.list.filter((upload) => upload.file === null));
    return files;
  }

  dismiss(): void {
    this.problem = null;
    this.change(this.list);
  }

  /** A received file, fetched with the visitor's token, as an address the page can show. */
  async open(file: Attachment): Promise<string> {
    const answer = await fetch(new URL(`uploads/${encodeURIComponent(file.id)}`, location.href), {
      headers: this.authorization(),
    });
    if (!answer.ok) throw new Error(`upload answered ${answer.status}`);
    return URL.createObjectURL(await answer.blob());
  }

  private begin(file: File): void {
    const id = this.nextId++;
    const request = new XMLHttpRequest();
    this.requests.set(id, request);
    this.problem = null;
    this.change([...this.list, { id, name: file.name, bytes: file.size, share: 0, file: null }]);
    const done = (kind: UploadProblem["kind"]) => {
      this.remove(id);
      this.fail({ kind, name: file.name });
    };
    // fetch() cannot tell how far an upload has come; XMLHttpRequest can.
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) this.patch(id, { share: event.loaded / event.total });
    };
    request.onload = () => {
      const stored = request.status < 300 ? attachment(request.responseText) : null;
      if (stored) this.patch(id, { share: 1, file: stored });
      else done(problemOf(request.status));
    };
    request.onerror = () => done("offline");
    request.open("POST", new URL("uploads", location.href));
    for (const [name, value] of Object.entries(this.authorization())) request.setRequestHeader(name, value);
    const form = new FormData();
    form.append("file", file, file.name);
    request.send(form);
  }

  private authorization(): Record<string, string> {
    return { Authorization: `Visitor ${this.session.state.visitor ?? ""}` };
  }

  private fail(problem: UploadProblem): void {
    this.problem = problem;
    this.change(this.list);
  }

  private patch(id: number, change: Partial<Upload>): void {
    this.change(this.list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  private change(list: Upload[]): void {
    this.list = list;
    for (const listener of this.listeners) listener();
  }
}

/** What the status of a refusal means to the customer. */
function problemOf(status: number): UploadProblem["kind"] {
  if (status === 413) return "too_large";
  if (status === 415 || status === 422) return "refused";
  return status === 429 ? "too_many" : "failed";
}

function attachment(body: string): Attachment | null {
  try {
    const file: unknown = JSON.parse(body);
    return typeof file === "object" && file !== null && "id" in file ? (file as Attachment) : null;
  } catch {
    return null;
  }
}
