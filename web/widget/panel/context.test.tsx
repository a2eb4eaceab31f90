import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it } from "vitest";
import { useChanges } from "./context";

/** A source that says how many listen to it. */
class Counter {
  value = 0;
  readonly listeners = new Set<() => void>();

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  add(): void {
    this.value += 1;
    for (const listener of this.listeners) listener();
  }
}

function Shown({ counter }: { counter: Counter }) {
  useChanges(counter);
  return <p>{counter.value}</p>;
}

afterEach(() => {
  render(null, document.body);
});

it("shows a change that came before the first frame was painted", async () => {
  const counter = new Counter();
  render(<Shown counter={counter} />, document.body);
  // No frame has been painted yet: a fast server's answer may be here before the browser's next frame.
  counter.add();
  await expect.poll(() => document.body.textContent).toBe("1");
});

it("stops listening when nothing is drawn any more", async () => {
  const counter = new Counter();
  await act(() => render(<Shown counter={counter} />, document.body));
  await act(() => render(null, document.body));
  expect(counter.listeners.size).toBe(0);
});
