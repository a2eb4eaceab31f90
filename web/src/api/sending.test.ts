/** A form that sends: busy meanwhile, refused in words, and as new at the next try. */
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { beforeEach, expect, it, vi } from "vitest";
import { ApiError } from "./client";
import { type Sending, useSending } from "./sending";

let now: Sending;

function Form() {
  now = useSending();
  return null;
}

beforeEach(async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  await act(async () => createRoot(document.createElement("div")).render(createElement(Form)));
});

function refusal(): ApiError {
  return new ApiError(409, { code: "conflict", text: "Somebody was faster.", fix: "Look again.", details: {} });
}

it("is busy until the answer is there", async () => {
  let answer = () => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let sent: Promise<void> = Promise.resolve();
  await act(async () => {
    sent = now.send(() => answered);
  });
  expect(now.busy).toBe(true);
  answer();
  await act(() => sent);
  expect([now.busy, now.problem]).toEqual([false, null]);
});

it("tells what was refused and what to do, and forgets it at the next try", async () => {
  await act(() => now.send(() => Promise.reject(refusal())));
  expect(now.problem).toBe("Somebody was faster. Look again.");
  expect(now.refusal?.code).toBe("conflict");
  await act(() => now.send(async () => {}));
  expect(now.problem).toBeNull();
});

it("does not pass a mistake of ours for a refusal", async () => {
  await expect(act(() => now.send(() => Promise.reject(new TypeError("ours"))))).rejects.toThrow("ours");
  expect([now.busy, now.problem]).toEqual([false, null]);
});
