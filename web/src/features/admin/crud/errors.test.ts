/** What the API refuses is said at the field, in the reader's words. */
import { beforeAll, describe, expect, it } from "vitest";
import { ApiError, type RefusalBody } from "@/api/client";
import { OFFICE } from "@/i18n/office";
import { loadTexts, setLocale } from "@/i18n/t";
import { errorAt, errorsOf, reasonText } from "./errors";

function refusal(code: string, details: object): ApiError {
  const body = { code, text: "The server's text.", fix: "The server's fix.", details };
  return new ApiError(422, body as RefusalBody);
}

beforeAll(async () => {
  await setLocale("en", false);
  await loadTexts(OFFICE);
});

describe("a refused form", () => {
  it("shows each reason at its field, nested ones too, and one line above", () => {
    const errors = errorsOf(
      refusal("invalid", {
        field: "name.ko",
        reason: "String should have at least 1 character",
        fields: [
          { field: "name.ko", reason: "String should have at least 1 character" },
          { field: "weekly.mon", reason: "Value error, 12:00 to 14:00 overlaps another span" },
          { field: "skills.0.level", reason: "Input should be less than or equal to 5" },
        ],
      }),
    );
    expect(errorAt(errors, "name.ko")).toBe("Fill this in.");
    expect(errorAt(errors, "weekly.mon")).toBe("12:00 to 14:00 overlaps another span.");
    expect(errorAt(errors, "skills")).toBe("At most 5.");
    expect(errorAt(errors, "skill")).toBeNull();
    expect(errors.get("")).toBe("Some fields need another look.");
  });

  it("points to the field that names something gone", () => {
    const errors = errorsOf(
      refusal("invalid", { field: "journey_id", reason: "there is no journey with this id" }),
    );
    expect(errorAt(errors, "journey_id")).toBe("This no longer exists; choose another.");
  });

  it("says what concerns the whole form above it", () => {
    const errors = errorsOf(
      refusal("invalid", {
        fields: [{ field: "the body", reason: "ends_at must be after starts_at" }],
      }),
    );
    expect(errors.get("")).toBe("The end must come after the start.");
  });

  it("puts a taken name at the name, and other refusals above with their fix", () => {
    expect(errorAt(errorsOf(refusal("admin.taken", { what: "person", field: "email" })), "email")).toContain(
      "email",
    );
    expect(errorsOf(refusal("admin.last_admin", {})).get("")).toContain("last administrator");
  });
});

describe("a reason", () => {
  it("is never swallowed, even when nobody wrote words for it", () => {
    expect(reasonText("must rhyme")).toContain("must rhyme");
  });

  it("is in the reader's language", async () => {
    await setLocale("ko", false);
    expect(reasonText("Field required")).toBe("입력해 주세요.");
    await setLocale("ja", false);
    expect(reasonText("use times such as 09:00")).toBe("09:00 のように入力してください。");
    await setLocale("en", false);
  });
});
