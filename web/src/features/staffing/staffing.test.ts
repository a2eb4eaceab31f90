/** Half hours, rosters and clocks as supervisors read them. */
import { describe, expect, it } from "vitest";
import {
  AS_SET,
  awaitsPublishing,
  brokenBy,
  busyPart,
  type Contract,
  changesOf,
  clockIn,
  clockOf,
  dayIn,
  daysFrom,
  instantOf,
  minutesOf,
  needsByDay,
  needsPath,
  oddParts,
  type Plan,
  rosterRows,
  type Shift,
  stepsOf,
  weekOf,
} from "./staffing";

const SEOUL = "Asia/Seoul";

function shift(id: string, agent_id: string | null, start_at: string): Shift {
  return {
    id,
    agent_id,
    start_at,
    end_at: start_at,
    plan_id: null,
    pool_id: "all",
    queues: [],
    pattern_id: "full",
    paid_min: 480,
    pauses: [],
    published: false,
    version: 1,
  };
}

describe("days and clocks", () => {
  it("a day is the company's, whatever the browser's zone", () => {
    expect(dayIn(SEOUL, "2026-11-22T15:00:00Z")).toBe("2026-11-23");
    expect(clockIn(SEOUL, "2026-11-22T15:00:00Z")).toBe("00:00");
    expect(weekOf("2026-11-29")).toBe("2026-11-23");
    expect(daysFrom("2026-11-30", 3)).toEqual(["2026-11-30", "2026-12-01", "2026-12-02"]);
  });

  it("nine o'clock is nine on the wall, also after the clocks change", () => {
    expect(instantOf(SEOUL, "2026-11-23", "09:00")).toBe("2026-11-23T00:00:00.000Z");
    expect(instantOf("Europe/Berlin", "2026-10-24", "09:00")).toBe("2026-10-24T07:00:00.000Z");
    expect(instantOf("Europe/Berlin", "2026-10-25", "09:00")).toBe("2026-10-25T08:00:00.000Z");
    expect(clockOf(minutesOf("18:30"))).toBe("18:30");
  });
});

describe("the roster", () => {
  const contracts = [
    { agent_id: "mina", name: "Mina" } as Contract,
    { agent_id: "yuki", name: "Yuki" } as Contract,
  ];
  const shifts = [
    shift("a", "mina", "2026-11-23T00:00:00Z"),
    shift("b", "mina", "2026-11-23T22:00:00Z"),
    shift("c", null, "2026-11-23T00:00:00Z"),
    shift("d", "gone-1234", "2026-11-23T00:00:00Z"),
  ];

  it("has open shifts first, everybody by name, and those who left", () => {
    const rows = rosterRows({ time_zone: SEOUL, shifts, violations: [] }, contracts);
    expect(rows.map((row) => row.name)).toEqual(["", "Mina", "Yuki", "1234"]);
    expect(rows[1]?.paid_min).toBe(960);
    expect(Object.keys(rows[1]?.days ?? {})).toEqual(["2026-11-23", "2026-11-24"]);
  });

  it("names every broken rule of a shift", () => {
    const rest = { rule: "rest", shift_id: "b", agent_id: "mina", value: 600, limit: 660 };
    expect(
      brokenBy([rest, { ...rest, rule: "days" }])
        .get("b")
        ?.map((one) => one.rule),
    ).toEqual(["rest", "days"]);
  });
});

describe("needs", () => {
  it("belong to local days and are drawn as steps", () => {
    const need = (start_at: string) => ({ start_at, contacts: 1, agents: 1, on_shift: 1, planned: 0 });
    const byDay = needsByDay({
      first_at: "",
      end_at: "",
      time_zone: SEOUL,
      source: "history",
      needs: [need("2026-11-23T14:30:00Z"), need("2026-11-23T15:00:00Z")],
    });
    expect([...byDay.keys()]).toEqual(["2026-11-23", "2026-11-24"]);
    expect(
      stepsOf(
        [1, 2],
        (at) => at * 10,
        (value) => -value,
      ),
    ).toBe("M0,-1H10L10,-2H20");
  });

  it("show the part of the day in which somebody comes or works", () => {
    const need = (start_at: string, on_shift: number) => ({
      start_at,
      contacts: 0,
      agents: 0,
      on_shift,
      planned: 0,
    });
    const day = [need("a", 0), need("b", 1), need("c", 0), need("d", 2), need("e", 0)];
    expect(busyPart(day).map((each) => each.start_at)).toEqual(["b", "c", "d"]);
    expect(busyPart([need("a", 0)])).toEqual([]);
  });

  it("are asked for with only the changes that were made", () => {
    expect(changesOf(AS_SET)).toEqual({ volume: 1 });
    expect(changesOf({ ...AS_SET, volume: 150, share: "90", shrinkage: "x" })).toEqual({
      volume: 1.5,
      share: 0.9,
    });
    expect(needsPath("2026-11-23", "2026-11-29", "history", AS_SET, "p")).toBe(
      "/staffing/needs?from=2026-11-23&to=2026-11-29&source=history&volume=1&plan_id=p",
    );
  });

  it("are asked for with values that may be, and every other is named", () => {
    expect(oddParts(AS_SET)).toEqual([]);
    expect(oddParts({ ...AS_SET, share: "99", within_s: "3600", patience_s: "5", shrinkage: "0" })).toEqual([]);
    expect(oddParts({ ...AS_SET, share: "120", within_s: "-5", patience_s: "-5", shrinkage: "-5" })).toEqual([
      "share",
      "within_s",
      "patience_s",
      "shrinkage",
    ]);
    expect(oddParts({ ...AS_SET, patience_s: "4", shrinkage: "x" })).toEqual(["patience_s", "shrinkage"]);
  });

  it("wait to be published when they are done, or were stopped with something found", () => {
    const result = { gap: 0.04 } as NonNullable<Plan["result"]>;
    expect(awaitsPublishing({ status: "ready", result })).toBe(true);
    expect(awaitsPublishing({ status: "stopped", result })).toBe(true);
    expect(awaitsPublishing({ status: "stopped", result: null })).toBe(false);
    expect(awaitsPublishing({ status: "published", result })).toBe(false);
  });
});
