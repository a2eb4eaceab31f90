import { describe, expect, it } from "vitest";
import { pathOf } from "./messages";

describe("a page of messages", () => {
  it("is asked for by what it shows, of which queue, and from where on", () => {
    expect(pathOf("open", null, null)).toBe("/messages?shown=open");
    expect(pathOf("handled", "orders & more", "a+b=")).toBe(
      "/messages?shown=handled&queue_id=orders+%26+more&cursor=a%2Bb%3D",
    );
  });
});
