/** One person's story, in order, and forgetting them only on purpose. */
import { describe, expect, it } from "vitest";
import type { StoredEvent } from "@/live/events";
import { confirms, transcriptOf } from "./customer";

describe("a transcript", () => {
  it("keeps words, notes and file names, and leaves the machinery out", () => {
    const at = "2026-11-20T09:00:00Z";
    const file = { id: "f", name: "영수증.png", media_type: "image/png", size_bytes: 10 };
    const events: StoredEvent[] = [
      { seq: 1, at, e: { kind: "contact_opened", channel: "webchat", customer_id: "x", locale: "ko" } },
      { seq: 2, at, e: { kind: "message_sent", author: "bot", text: "안녕하세요", locale: "ko" } },
      { seq: 3, at, e: { kind: "message_sent", author: "customer", text: "사진이에요", attachments: [file] } },
      { seq: 4, at, e: { kind: "note_added", agent_id: "a", agent_name: "Mina", text: "파손 확인" } },
      { seq: 5, at, e: { kind: "message_sent", author: "agent", agent_name: "Mina", text: "네" } },
    ];
    expect(transcriptOf(events).map(({ who, name, text }) => [who, name, text])).toEqual([
      ["bot", null, "안녕하세요"],
      ["customer", null, "사진이에요\n📎 영수증.png"],
      ["note", "Mina", "파손 확인"],
      ["agent", "Mina", "네"],
    ]);
  });
});

describe("erasing", () => {
  it("asks for the very word, whatever the keyboard makes of its width", () => {
    expect(confirms(" ｅｒａｓｅ ", "ERASE")).toBe(true);
    expect(confirms("삭제합니다", "삭제합니다")).toBe(true);
    expect(confirms("삭제", "삭제합니다")).toBe(false);
    expect(confirms("", "ERASE")).toBe(false);
  });
});
