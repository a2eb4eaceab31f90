import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setLocale } from "@/i18n/t";
import { ApiError, api, setCsrf, whenSignedOut } from "./client";

function answer(status: number, body: unknown) {
  return vi
    .spyOn(globalThis, "fetch")
    .mockImplementation(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
}

describe("the REST client", () => {
  beforeEach(() => setLocale("ko"));
  afterEach(() => setCsrf(null));

  it("sends the CSRF token with writes only", async () => {
    setCsrf("secret");
    const fetched = answer(200, {});
    await api.get("/queues", { q: "환불", empty: null });
    await api.post("/queues", { id: "orders" });
    const [read, write] = fetched.mock.calls;
    expect(read?.[0]).toBe("/api/queues?q=%ED%99%98%EB%B6%88");
    expect(new Headers(read?.[1]?.headers).get("X-CSRF-Token")).toBeNull();
    expect(new Headers(write?.[1]?.headers).get("X-CSRF-Token")).toBe("secret");
  });

  it("tells a refusal in the agent's language, with what to do", async () => {
    answer(409, { error: { code: "conflict", text: "Somebody changed this first.", fix: "Reload." } });
    const error = await api.put("/queues/orders", {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    if (error instanceof ApiError) {
      expect(error.message).toBe("다른 사람이 먼저 변경했습니다.");
      expect(error.fix).toContain("최신 상태");
    }
  });

  it("falls back to the server's words for a code it does not know", async () => {
    answer(422, { error: { code: "moon_full", text: "The moon is full.", fix: "Wait." } });
    await expect(api.get("/moon")).rejects.toThrow("The moon is full.");
  });

  it("says so when the session is over", async () => {
    const gone = vi.fn();
    whenSignedOut(gone);
    answer(401, { error: { code: "sign_in", text: "", fix: "" } });
    await expect(api.get("/queues")).rejects.toThrow();
    expect(gone).toHaveBeenCalledOnce();
  });

  it("says so when the network is away", async () => {
    vi.spyOn(globalThis, "fetch").mockRejectedValue(new TypeError("failed"));
    await expect(api.get("/queues")).rejects.toMatchObject({ code: "network", status: 0 });
  });
});
