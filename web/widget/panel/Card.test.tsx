import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import type { Question, State } from "../core/state";
import { strings } from "../i18n/strings";
import type { FormField } from "../protocol";
import { Card } from "./Card";
import { type Panel, PanelContext } from "./context";

const FIELDS: FormField[] = [
  { name: "order", label: "Order number", kind: "digits" },
  { name: "way", label: "How", kind: "choice", options: [{ value: "post", label: "By post" }] },
  { name: "wish", label: "Wish", kind: "text", required: false },
];
const QUESTION: Question = {
  seq: 7,
  inputKind: "form",
  choices: [
    { value: "send", label: "Send" },
    { value: "later", label: "Later" },
  ],
  fields: FIELDS,
};

async function shown(fields: readonly FormField[] = FIELDS) {
  const say = vi.fn();
  const panel = { session: { say }, state: {} as State, t: strings("en") } as unknown as Panel;
  await act(() =>
    render(
      <PanelContext.Provider value={panel}>
        <Card question={QUESTION} fields={fields} />
      </PanelContext.Provider>,
      document.body,
    ),
  );
  const entry = (name: string) => document.getElementById(`card-7-${name}`) as HTMLInputElement;
  const type = (name: string, text: string, event = "input") =>
    act(() => {
      entry(name).value = text;
      entry(name).dispatchEvent(new Event(event, { bubbles: true }));
    });
  const submit = () => act(() => document.querySelector("form")?.requestSubmit());
  return { say, entry, type, submit };
}

afterEach(() => render(null, document.body));

it("sends every entry with the button that was pressed", async () => {
  const { say, type, submit } = await shown();
  await type("order", "4711");
  await type("way", "post", "change");
  await submit();
  expect(say).toHaveBeenCalledWith("Order number: 4711\nHow: By post\nSend", {
    value: "send",
    fields: { order: "4711", way: "post", wish: "" },
    secret: false,
  });
});

it("marks what is missing, and sends nothing", async () => {
  const { say, entry, submit } = await shown();
  await submit();
  expect(say).not.toHaveBeenCalled();
  expect(entry("order").getAttribute("aria-invalid")).toBe("true");
  expect(entry("wish").getAttribute("aria-invalid")).toBeNull();
  expect(document.getElementById("card-7-order-problem")?.textContent).toBe("Please fill this in.");
  expect(document.activeElement).toBe(entry("order"));
});

it("comes back with what was entered and why it does not fit", async () => {
  const [order, ...rest] = FIELDS as [FormField, ...FormField[]];
  const { entry } = await shown([{ ...order, value: "12", problem: "Too short." }, ...rest]);
  expect(entry("order").value).toBe("12");
  expect(document.getElementById(entry("order").getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Too short.",
  );
});
