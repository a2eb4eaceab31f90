import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { Forms } from "../core/forms";
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
  title: "Your return",
};

async function shown(fields: readonly FormField[] = FIELDS) {
  const say = vi.fn();
  const state = { contact: { id: "c1" } } as State;
  const forms = new Forms(sessionStorage, "onda");
  const session = { say, state: { visitor: "v", settings: null } };
  const panel = { session, forms, state, t: strings("en") } as unknown as Panel;
  await act(() =>
    render(
      <PanelContext.Provider value={panel}>
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the thread scrolls, and is reachable by keyboard.
          tabIndex={0}
          role="region"
          aria-label="Conversation"
        >
          <Card question={QUESTION} fields={fields} />
        </div>
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

afterEach(() => {
  render(null, document.body);
  sessionStorage.clear();
});

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

it("unfolds every section in which something is missing, also those that the customer folded", async () => {
  const grouped = ["one", "two"].map(
    (name): FormField => ({ name, label: name, kind: "text", group: `More ${name}` }),
  );
  const { entry, submit } = await shown(grouped);
  const sections = [...document.querySelectorAll("details")];
  for (const section of sections) section.open = false;
  await submit();
  expect(document.activeElement).toBe(entry("one"));
  expect(sections.map((section) => section.open)).toEqual([true, true]);
});

it("takes a mark away as soon as somebody sees to it", async () => {
  const [order, ...rest] = FIELDS as [FormField, ...FormField[]];
  const { entry, type, submit } = await shown([{ ...order, value: "12", problem: "Too short." }, ...rest]);
  await submit();
  expect([entry("order"), entry("way")].map((each) => each.getAttribute("aria-invalid"))).toEqual([
    "true",
    "true",
  ]);
  await type("order", "123");
  await type("way", "post", "change");
  expect(document.querySelector("[aria-invalid], .card-problem")).toBeNull();
});

it("comes back with what was entered and why it does not fit", async () => {
  const [order, ...rest] = FIELDS as [FormField, ...FormField[]];
  const { entry } = await shown([{ ...order, value: "12", problem: "Too short." }, ...rest]);
  expect(entry("order").value).toBe("12");
  expect(document.getElementById(entry("order").getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "Too short.",
  );
});

it("stands as it was half filled in when the page is loaded again, until it is sent", async () => {
  const { type } = await shown();
  await type("order", "4711");
  await type("way", "post", "change");
  render(null, document.body);
  const again = await shown();
  expect(again.entry("order").value).toBe("4711");
  expect(again.entry("way").value).toBe("post");
  await again.submit();
  render(null, document.body);
  expect((await shown()).entry("order").value).toBe("");
});

it("has a name, says what must be filled in, and calls nothing wrong before it was sent", async () => {
  const { entry } = await shown();
  expect(document.querySelector("form")?.getAttribute("aria-label")).toBe("Your return");
  expect(entry("order").getAttribute("aria-required")).toBe("true");
  expect(entry("wish").getAttribute("aria-required")).toBe("false");
  expect(document.querySelector("[aria-invalid]")).toBeNull();
  expect(document.querySelector(`label[for="${entry("wish").id}"]`)?.textContent).toBe("Wish (optional)");
});

it("leaves the keyboard in the conversation when it goes away", async () => {
  const { entry, type, submit } = await shown();
  await type("order", "4711");
  await type("way", "post", "change");
  entry("order").focus();
  await submit();
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Conversation");
});

it("folds a section away, and opens it where something does not fit", async () => {
  const more: FormField = { name: "when", label: "When", kind: "date", group: "More" };
  await shown([...FIELDS, { ...more, required: false }]);
  const section = () => document.querySelector("details") as HTMLDetailsElement;
  expect([section().open, section().querySelector("summary")?.textContent]).toEqual([false, "More"]);
  render(null, document.body);
  const asked = await shown([...FIELDS, more]);
  expect(section().open).toBe(true);
  section().open = false;
  await asked.type("order", "4711");
  await asked.type("way", "post", "change");
  await asked.submit();
  expect(section().open).toBe(true);
  expect(document.activeElement).toBe(asked.entry("when"));
});

it("takes what a browser fills into several fields at one go", async () => {
  const { say, entry, submit } = await shown();
  await act(() => {
    for (const [name, text, event] of [
      ["order", "4711", "input"],
      ["way", "post", "change"],
      ["wish", "blue", "input"],
    ] as const) {
      entry(name).value = text;
      entry(name).dispatchEvent(new Event(event, { bubbles: true }));
    }
  });
  await submit();
  expect(say.mock.calls[0]?.[1]).toMatchObject({ fields: { order: "4711", way: "post", wish: "blue" } });
});

it("takes files along with the card, by their ids, and reads as their names", async () => {
  const requests: { done: (body: string) => void }[] = [];
  class Request {
    upload = {};
    status = 201;
    responseText = "";
    onload = () => {};
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {
      requests.push({
        done: (body) => {
          this.responseText = body;
          this.onload();
        },
      });
    }
  }
  vi.stubGlobal("XMLHttpRequest", Request);
  const photo: FormField = { name: "photo", label: "Photo", kind: "file", required: false };
  const { say, entry, submit } = await shown([photo]);
  const input = entry("photo");
  Object.defineProperty(input, "files", { value: [new File(["zip"], "zip.jpg")] });
  await act(() => void input.dispatchEvent(new Event("change", { bubbles: true })));
  await submit();
  expect(say).not.toHaveBeenCalled();
  expect(document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent).toContain(
    "uploading",
  );
  const file = { id: "f1", name: "zip.jpg", media_type: "image/jpeg", size_bytes: 3 };
  await act(() => requests[0]?.done(JSON.stringify(file)));
  expect(input.getAttribute("aria-invalid")).toBeNull();
  await submit();
  expect(say).toHaveBeenCalledWith("Photo: zip.jpg\nSend", {
    value: "send",
    fields: { photo: "f1" },
    secret: false,
    attachments: [file],
  });
  vi.unstubAllGlobals();
});
