/** What the widget remembers between page loads, for one widget key. */

import type { Locale } from "../protocol";
import type { Shelf } from "./shelf";
import type { OutboxItem } from "./state";

export class Memory {
  constructor(
    private readonly shelf: Shelf,
    private readonly key: string,
  ) {}

  get visitor(): string | null {
    return this.read("visitor");
  }
  set visitor(token: string | null) {
    this.write("visitor", token);
  }

  get contact(): string | null {
    return this.read("contact");
  }
  set contact(id: string | null) {
    this.write("contact", id);
  }

  get locale(): string | null {
    return this.read("locale");
  }
  set locale(locale: Locale | null) {
    this.write("locale", locale);
  }

  /** The contact of a call that goes on: a reload comes back into it. */
  get call(): string | null {
    return this.read("call");
  }
  set call(contact: string | null) {
    this.write("call", contact);
  }

  get draft(): string {
    return this.read("draft") ?? "";
  }
  set draft(text: string) {
    this.write("draft", text || null);
  }

  /** Messages nobody has confirmed yet, oldest first. */
  loadOutbox(): OutboxItem[] {
    try {
      const items: unknown = JSON.parse(this.read("outbox") ?? "[]");
      return Array.isArray(items) ? items.filter(isOutboxItem) : [];
    } catch {
      return [];
    }
  }

  /** Secrets (codes, PINs) and confirmed messages are never written to the device. */
  saveOutbox(items: readonly OutboxItem[]): void {
    const kept = items.filter((item) => !item.secret && item.ackSeq === null);
    this.write("outbox", kept.length > 0 ? JSON.stringify(kept) : null);
  }

  private read(name: string): string | null {
    return this.shelf.getItem(`warmline:${this.key}:${name}`);
  }

  private write(name: string, value: string | null): void {
    const key = `warmline:${this.key}:${name}`;
    try {
      if (value === null) this.shelf.removeItem(key);
      else this.shelf.setItem(key, value);
    } catch {
      // A full shelf costs only the comfort of a reload; the conversation itself goes on.
    }
  }
}

function isOutboxItem(item: unknown): item is OutboxItem {
  return typeof item === "object" && item !== null && "cid" in item && "text" in item && "at" in item;
}
