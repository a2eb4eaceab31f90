/** The customer's side of one conversation: state, what goes out because of it, and what is remembered. */

import { type Attachment, type ClientFrame, type Locale, MESSAGE_MAX, type ServerFrame } from "../protocol";
import { Line } from "./line";
import type { Memory } from "./memory";
import { type Action, reduce } from "./reduce";
import { initialState, lastIncomingSeq, type State } from "./state";

const RESEND_AFTER_MS = 8_000;
const TYPING_EVERY_MS = 3_000;
const TYPING_IDLE_MS = 5_000;
/** Who types says so every few seconds; from somebody whose line broke nothing comes any more, not even the end. */
const TYPING_LASTS_MS = 10_000;
const CALL_WINDOW_MS = 1_800_000;
const FROM_HELP: ReadonlySet<string> = new Set(["help_page", "help_field", "help_answers"]);

export interface SayOptions {
  value?: string;
  attachments?: Attachment[];
  secret?: boolean;
  fields?: Record<string, string>;
}

export class Session {
  state: State;
  page: string | undefined;
  private readonly line: Line;
  private readonly listeners = new Set<() => void>();
  private readonly hearers = new Set<(frame: ServerFrame) => void>();
  /** What an open conversation is told once there is a line. */
  private fromHelp: Record<string, string> | null = null;
  private watched = false;
  private typingSentAt = 0;
  private typingTimer: ReturnType<typeof setTimeout> | undefined;
  private othersTimer: ReturnType<typeof setTimeout> | undefined;
  private greetedIn: Locale | null = null;

  constructor(
    private readonly key: string,
    url: string,
    locale: Locale,
    readonly memory: Memory,
  ) {
    this.state = initialState(locale, memory.visitor, memory.loadOutbox(), memory.contact !== null);
    this.line = new Line(url, {
      hello: () => this.hello(),
      frame: (frame) => this.frame(frame),
      connection: (connection) => this.dispatch({ do: "connection", connection }),
    });
    setInterval(() => this.flush(), RESEND_AFTER_MS / 4);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hear frames as they come, after the state has taken them in. */
  hear(hearer: (frame: ServerFrame) => void): () => void {
    this.hearers.add(hearer);
    return () => this.hearers.delete(hearer);
  }

  /** Call, or come back into the call. Returns the id that the answer carries; null without a line. */
  phone(sdp: string): string | null {
    const cid = newId();
    return this.line.send({ t: "call", cid, sdp }) ? cid : null;
  }

  phoneKeys(keys: string): void {
    this.line.send({ t: "call_keys", keys });
  }

  hangUp(): void {
    this.line.send({ t: "call_end", cid: newId() });
  }

  connect(): void {
    this.line.connect();
    this.line.hurry();
  }

  start(attributes: Record<string, string> = {}): void {
    if (this.state.starting !== null) return;
    if (this.isOpen()) {
      this.cameFromHelp(attributes);
      return;
    }
    this.dispatch({ do: "start", cid: newId(), attributes });
    this.connect();
    this.sendStart();
  }

  /** A help page led back to the open conversation: whoever is there is told which, and what was answered on it. */
  private cameFromHelp(attributes: Record<string, string>): void {
    const told = Object.entries(attributes).filter(([name]) => FROM_HELP.has(name));
    if (told.length > 0) this.fromHelp = Object.fromEntries(told);
    this.sendFromHelp();
  }

  private sendFromHelp(): void {
    if (this.fromHelp === null || !this.isOpen()) return;
    if (this.line.send({ t: "from_help", attributes: this.fromHelp })) this.fromHelp = null;
  }

  say(text: string, options: SayOptions = {}): void {
    const trimmed = text.trim().slice(0, MESSAGE_MAX);
    if (trimmed === "" && (options.attachments?.length ?? 0) === 0) return;
    this.dispatch({ do: "say", cid: newId(), at: new Date().toISOString(), text: trimmed, ...options });
    this.stopTyping();
    this.flush();
  }

  retry(cid: string): void {
    this.dispatch({ do: "retry", cid });
    if (!this.isOpen()) this.start();
    this.flush();
  }

  discard(cid: string): void {
    this.dispatch({ do: "discard", cid });
  }

  dismiss(): void {
    this.dispatch({ do: "dismiss" });
  }

  end(): void {
    this.dispatch({ do: "end" });
    this.line.send({ t: "end" });
  }

  /** Ask whether this line calls back, and when. */
  askCallTimes(): void {
    this.line.send({ t: "call_times", cid: newId() });
  }

  /** Rather be called: at the number, or here by message; from `start` on for half an hour, or as soon as possible. */
  callMe(phone: string | null, start: string | null): void {
    const cid = newId();
    this.dispatch({ do: "call", cid });
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const until = start === null ? null : new Date(Date.parse(start) + CALL_WINDOW_MS).toISOString();
    const window = start === null || until === null ? {} : { not_before: start, not_after: until };
    this.sendCall({ t: "call_me", cid, phone, time_zone, ...window });
  }

  /** Nobody needs to call. */
  callOff(): void {
    const cid = newId();
    this.dispatch({ do: "call", cid });
    this.sendCall({ t: "call_off", cid });
  }

  /** The question about the call was closed. */
  callDone(): void {
    this.dispatch({ do: "called" });
  }

  private sendCall(frame: Extract<ClientFrame, { t: "call_me" | "call_off" }>): void {
    if (this.line.send(frame)) return;
    this.dispatch({ do: "frame", frame: { t: "error", cid: frame.cid, code: "offline", text: "", fix: "" } });
  }

  setLocale(locale: Locale): void {
    if (locale === this.state.locale) return;
    this.dispatch({ do: "locale", locale });
    if (this.isOpen()) this.line.send({ t: "locale", locale });
    else this.line.redial();
  }

  typed(): void {
    if (!this.isOpen()) return;
    const now = Date.now();
    if (now - this.typingSentAt > TYPING_EVERY_MS && this.line.send({ t: "typing", on: true }))
      this.typingSentAt = now;
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => this.stopTyping(), TYPING_IDLE_MS);
  }

  /** The customer looks at the end of the thread (or no longer does). */
  watch(on: boolean): void {
    this.watched = on;
    this.markRead();
  }

  private hello(): ClientFrame {
    const contact = this.state.contact?.id ?? this.memory.contact;
    this.greetedIn = this.state.locale;
    return {
      t: "hello",
      v: 1,
      key: this.key,
      visitor: this.state.visitor,
      locale: this.state.locale,
      contact,
      seq: this.state.contact ? this.state.seq : 0,
      ...(this.page ? { page: this.page } : {}),
    };
  }

  private frame(frame: ServerFrame): void {
    this.dispatch({ do: "frame", frame });
    if (frame.t === "welcome") this.onWelcome();
    else if (frame.t === "opened") this.flush();
    else if (frame.t === "call_answer" && this.state.seq === 0) this.sendResume();
    else if (frame.t === "typing") {
      clearTimeout(this.othersTimer);
      const over: ServerFrame = { ...frame, on: false };
      if (frame.on)
        this.othersTimer = setTimeout(() => this.dispatch({ do: "frame", frame: over }), TYPING_LASTS_MS);
    } else if (frame.t === "events" && this.state.resuming) this.sendResume();
    for (const hearer of this.hearers) hearer(frame);
  }

  private onWelcome(): void {
    const { contact, locale, localeChosen, ending } = this.state;
    const open = contact !== null && contact.status !== "ended";
    if (open && localeChosen) this.line.send({ t: "locale", locale });
    // Chosen between hello and welcome: what is told here, such as the company's name, is in the language before.
    if (!open && localeChosen && locale !== this.greetedIn) {
      this.line.redial();
      return;
    }
    if (ending) this.line.send({ t: "end" });
    this.sendStart();
    this.sendFromHelp();
    this.flush();
    this.markRead(true);
    if (mayWait(contact?.status)) this.askCallTimes();
  }

  private sendStart(): void {
    const { starting, locale } = this.state;
    if (starting === null) return;
    const { cid, attributes } = starting;
    this.line.send({ t: "start", cid, locale, ...(Object.keys(attributes).length > 0 ? { attributes } : {}) });
  }

  /** Put on the wire what is not there yet, in order; after a while without an answer, again under the same id. */
  private flush(): void {
    if (!this.line.isReady || !this.isOpen()) return;
    const now = Date.now();
    for (const item of this.state.outbox) {
      if (item.contact !== this.state.contact?.id && item.contact !== null) continue;
      if (item.refused !== null || item.ackSeq !== null || now - item.sentAtMs < RESEND_AFTER_MS) continue;
      const sent = this.line.send({
        t: "say",
        cid: item.cid,
        text: item.text,
        ...(item.value === null ? {} : { value: item.value }),
        ...(item.fields ? { fields: item.fields } : {}),
        ...(item.attachments.length > 0 ? { attachments: item.attachments.map((file) => file.id) } : {}),
      });
      if (!sent) return;
      this.dispatch({ do: "sent", cid: item.cid, nowMs: now });
    }
  }

  private sendResume(): void {
    const { contact, seq } = this.state;
    if (contact) this.line.send({ t: "resume", contact: contact.id, seq });
  }

  private markRead(again = false): void {
    if (!this.watched || document.visibilityState !== "visible") return;
    const seq = lastIncomingSeq(this.state);
    if (seq === 0 || (!again && seq <= this.state.readSeq)) return;
    this.line.send({ t: "read", seq });
    this.dispatch({ do: "read", seq });
  }

  private stopTyping(): void {
    clearTimeout(this.typingTimer);
    if (this.typingSentAt > 0) this.line.send({ t: "typing", on: false });
    this.typingSentAt = 0;
  }

  private isOpen(): boolean {
    return this.state.contact !== null && this.state.contact.status !== "ended";
  }

  private dispatch(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    if (this.state.outbox !== before.outbox) this.memory.saveOutbox(this.state.outbox);
    if (this.state.visitor !== before.visitor) this.memory.visitor = this.state.visitor;
    if (this.state.locale !== before.locale) this.memory.locale = this.state.locale;
    if (this.state.contact?.id !== before.contact?.id) this.memory.contact = this.state.contact?.id ?? null;
    const { contact } = this.state;
    if (contact && before.contact?.id === contact.id && before.contact.locale !== contact.locale) {
      // Name and greeting come with the welcome, in the language of the hello.
      this.line.redial();
    }
    if (this.state.visitor === null && before.visitor !== null) this.line.redial();
    if (this.state.resuming && !before.resuming) this.sendResume();
    if (before.contact?.status !== contact?.status && mayWait(contact?.status)) this.askCallTimes();
    for (const listener of this.listeners) listener();
    if (this.state.items !== before.items) this.markRead();
  }
}

function mayWait(status: string | undefined): boolean {
  return status === "queued" || status === "callback";
}

/** An id no two pages will ever choose alike; `randomUUID` needs a secure page, random values do not. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
