/** Figures read as people write them. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadTexts, setLocale } from "@/i18n/t";
import { TEXTS } from "../texts";
import { describeChanges, showBetween, showChange, showValue, verdictWord } from "./values";

beforeAll(async () => {
  await setLocale("en", false);
  await loadTexts(TEXTS);
});

describe("figures of the twin", () => {
  it("are shares in percent and waits in seconds", () => {
    expect(showValue("service_level", 0.834)).toBe("83.4%");
    expect(showValue("wait_p90_s", 61.27)).toBe("61.3 s");
    expect(showValue("came", null)).toBe("–");
  });

  it("show which way they change, and nothing where nothing changed", () => {
    expect(showChange("service_level", 0.05)).toBe("+5%");
    expect(showChange("wait_p90_s", -4)).toBe("-4 s");
    expect(showChange("occupancy", -0.0001)).toBe("0%");
  });

  it("have intervals that do not begin below nothing", () => {
    expect(showBetween("wait_p50_s", -1, 2)).toBe("0 s – 2 s");
    expect(showBetween("wait_p50_s", null, 2)).toBe("–");
  });
});

it("a question is described by what it changes", () => {
  const changes = { queue_id: "orders", agents: 2, volume: 1.2, outages: [{ from_s: 0, until_s: 60 }] };
  expect(describeChanges(changes, (id) => id.toUpperCase())).toBe("ORDERS · agents +2 · volume 120% · outage");
  expect(describeChanges(undefined, (id) => id)).toBe("");
  expect(verdictWord("better")).toBe("Better");
  expect(verdictWord(undefined)).toBe("");
});
