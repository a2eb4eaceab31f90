import { beforeAll, describe, expect, it } from "vitest";
import { loadTexts, setLocale, t } from "@/i18n/t";
import { factText } from "./text";

beforeAll(async () => {
  await setLocale("en", false);
  await loadTexts({
    ko: () => import("@/i18n/catalog.calls.ko"),
    ja: () => import("@/i18n/catalog.calls.ja"),
    en: () => import("@/i18n/catalog.calls.en"),
  });
});

describe("the facts of a call in a timeline", () => {
  it("say who called, and what the network vouches for only when it does", () => {
    const call = { kind: "call_started", direction: "inbound", number: "+82 2 555 0100" } as const;
    expect(factText(call, t)).toBe("Call came in · +82 2 555 0100");
    expect(factText({ ...call, attestation: "A" }, t)).toContain("Number attested");
    expect(factText({ ...call, attestation: "none" }, t)).toBe("Call came in · +82 2 555 0100");
  });

  it("say how long it was and how it sounded, and when it was hard to hear", () => {
    const ended = { kind: "call_ended", by: "customer", seconds: 125, mos: 4.31 } as const;
    expect(factText(ended, t)).toBe("The caller hung up · 2:05 · MOS 4.3");
    expect(factText({ ...ended, mos: 2.9 }, t)).toContain("hard to hear");
  });

  it("say how somebody took part", () => {
    const joined = { kind: "party_joined", party: "p2", party_kind: "supervisor", name: "Jihoon" } as const;
    expect(factText({ ...joined, mode: "listen" }, t)).toBe("Jihoon began to listen");
    expect(factText({ ...joined, mode: "talk" }, t)).toBe("Jihoon joined the call");
    expect(factText({ ...joined, kind: "party_left", mode: "barge" }, t)).toBe("Jihoon left the call");
  });

  it("tell of typed digits only how many they were", () => {
    const text = factText({ kind: "secure_input_ended", what: "card", digits: 16, outcome: "done" }, t);
    expect(text).toBe("Secure input done · 16 digits typed");
  });

  it("say who heard a message first and who is done with it, or not yet", () => {
    const who = { recording_id: "r", agent_id: "a", agent_name: "Mina" };
    expect(factText({ kind: "voicemail_heard", ...who }, t)).toBe("Mina listened to the message");
    expect(factText({ kind: "voicemail_settled", ...who }, t)).toBe("Mina is done with the message");
    expect(factText({ kind: "voicemail_settled", ...who, open: true }, t)).toBe(
      "Mina: the message is not done yet",
    );
  });

  it("tell a message once as left, and once as what was said in it", () => {
    const left = { kind: "voicemail_left", recording_id: "r", seconds: 12 } as const;
    expect(factText(left, t)).toBe("A voice message was left · 0:12");
    expect(factText({ ...left, transcript: "Call me back.", again: true }, t)).toBe(
      "The voice message in writing",
    );
  });

  it("say why a number was not reached, with the reason of our own gate where it let nobody call", () => {
    const to = { kind: "hand_on_failed", number: "+82212345678" } as const;
    expect(factText({ ...to, outcome: "busy" }, t)).toBe("The customer could not go on to +82212345678 · Busy");
    expect(factText({ ...to, outcome: "no_answer", consult: true }, t)).toBe(
      "+82212345678 could not be asked · No answer",
    );
    expect(factText({ ...to, outcome: "forbidden", why: "outbound.costly" }, t)).toBe(
      "The customer could not go on to +82212345678 · Premium-rate, shared-cost and satellite numbers are not called.",
    );
    expect(factText({ ...to, outcome: "forbidden", number: "" }, t)).toBe(
      "The customer could not go on to Outside number · Calls to this number are not allowed",
    );
  });
});
