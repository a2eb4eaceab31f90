/** Who sits down at a screen somebody else left finds nothing of theirs. */
import { afterEach, expect, it, vi } from "vitest";
import { currentSession, startSession } from "./session";

const HALF_FILLED = "warmline.guide.g1";

function answering(answer: () => Promise<Response>): void {
  vi.stubGlobal("fetch", answer);
  sessionStorage.setItem(HALF_FILLED, '{"revision":2,"entries":{"order":"4712"}}');
}

afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

it("forgets what was half filled in when the page is loaded after the session has ended", async () => {
  answering(async () => new Response('{"error":{"code":"auth.signed_out","text":"","fix":""}}', { status: 401 }));
  await startSession();
  expect(currentSession().status).toBe("out");
  expect(sessionStorage.getItem(HALF_FILLED)).toBeNull();
});

it("keeps it while the server cannot be reached: nobody has signed out", async () => {
  answering(async () => {
    throw new TypeError("network");
  });
  await startSession();
  expect(sessionStorage.getItem(HALF_FILLED)).not.toBeNull();
});
