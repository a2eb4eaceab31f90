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
});
