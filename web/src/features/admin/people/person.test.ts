/** Accounts as administrators change them. */
import { describe, expect, it } from "vitest";
import { bodyOfPerson, draftOfPerson, withRole } from "./person";

const mina = {
  id: "1",
  version: 4,
  email: "mina@onda.example",
  name: "Mina",
  roles: ["agent"],
  locale: "ko" as const,
  routing_profile_id: "everything",
  skills: [{ skill_id: "ko", level: 5 }],
  disabled: false,
  created_at: "2026-01-01T00:00:00Z",
};

describe("an account", () => {
  it("keeps its password unless a new one is typed", () => {
    expect(bodyOfPerson(draftOfPerson(mina), 4)).not.toHaveProperty("password");
    expect(bodyOfPerson({ ...draftOfPerson(mina), password: "a long sentence" }, 4)).toMatchObject({
      password: "a long sentence",
      version: 4,
      disabled: false,
    });
  });

  it("is created as an agent, without what only existing accounts have", () => {
    const body = bodyOfPerson(draftOfPerson(null), null);
    expect(body).toMatchObject({ roles: ["agent"] });
    expect(body).not.toHaveProperty("disabled");
    expect(body).not.toHaveProperty("version");
  });

  it("keeps team and attributes on the way through the form", () => {
    const attributes = { site: "Seoul", shift: "09:00" };
    const draft = draftOfPerson({ ...mina, team: "east", attributes });
    expect(draft.attributes).toBe("site: Seoul\nshift: 09:00");
    expect(bodyOfPerson(draft, 4)).toMatchObject({ team: "east", attributes });
    expect(bodyOfPerson({ ...draft, team: " ", attributes: "alone" }, 4)).toMatchObject({
      team: null,
      attributes: { alone: "" },
    });
  });

  it("lists its roles in one order, however they were ticked", () => {
    expect(withRole(["admin"], "agent", true)).toEqual(["agent", "admin"]);
    expect(withRole(["agent", "admin"], "admin", false)).toEqual(["agent"]);
  });
});
