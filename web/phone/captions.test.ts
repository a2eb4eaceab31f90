import { describe, expect, it } from "vitest";
import { initialState, type State } from "../widget/core/state";
import { en } from "../widget/i18n/en";
import type { VisibleEvent } from "../widget/protocol";
import { captionsOf, happened } from "./captions";

const MENU: VisibleEvent = {
  kind: "message_sent",
  author: "bot",
  text: "주문은 1번, 환불은 2번을 눌러 주세요.",
  quick_replies: [
    { value: "order", label: "주문" },
    { value: "refund", label: "환불" },
  ],
};

function line(...events: VisibleEvent[]): State {
  return {
    ...initialState("ko", null, [], false),
    contact: { id: "c1", status: "journey", locale: "ko" },
    items: events.map((e, index) => ({ contact: "c1", seq: index + 1, at: "2026-11-20T09:00:00Z", e })),
  };
}

const event = (kind: string, name: string | null) => (kind === "agent_joined" ? `${name} 연결` : null);

describe("the captions of a call", () => {
  it("say what is said, in order, with the keys of the open question", () => {
    const [menu] = captionsOf(line(MENU), event);
    expect(menu).toMatchObject({ author: "bot", choices: [{ key: "1", label: "주문" }, { key: "2" }] });
  });

  it("take the keys away once they were pressed", () => {
    const lines = captionsOf(line(MENU, { kind: "message_sent", author: "customer", text: "1" }), event);
    expect(lines.map((each) => each.choices.length)).toEqual([0, 0]);
  });

  it("tell the key for a person as a key, not as words nobody said", () => {
    const pressed = line(MENU, { kind: "message_sent", author: "customer", text: "0" });
    expect(captionsOf(pressed, event, "0번을 눌렀어요").at(-1)).toMatchObject({
      author: "customer",
      text: "0번을 눌렀어요",
    });
  });

  it("name who joins, and leave out what nobody hears", () => {
    const lines = captionsOf(
      line({ kind: "identity_verified" }, { kind: "agent_joined", agent_name: "민아" }),
      event,
    );
    expect(lines.map((each) => each.text)).toEqual(["민아 연결"]);
  });

  it("begin anew with every contact", () => {
    const state = line(MENU);
    const other = { ...state, contact: { id: "c2", status: "journey", locale: "ko" } as const };
    expect(captionsOf(other, event)).toEqual([]);
  });

  it("tell of an end only when the call has ended: who is handed on outside talks on", () => {
    const on = line(MENU, { kind: "contact_ended", reason: "transferred_out" });
    expect(captionsOf(on, happened(en)).map((each) => each.text)).not.toContain(en.phoneEnded);
    const over = line(MENU, { kind: "contact_ended", reason: "transferred_out" }, { kind: "call_ended" });
    expect(captionsOf(over, happened(en)).at(-1)?.text).toBe(en.phoneEnded);
  });

  it("say that it is recorded again after a pause", () => {
    const secret = line(
      { kind: "recording_started" },
      { kind: "recording_paused" },
      { kind: "recording_resumed" },
    );
    const told = captionsOf(secret, happened(en)).map((each) => each.text);
    expect(told).toEqual([en.phoneRecorded, en.phoneNotRecorded, en.phoneRecorded]);
  });
});
