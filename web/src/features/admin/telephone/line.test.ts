/** A line goes through its form unharmed. */
import { describe, expect, it } from "vitest";
import { bodyOfLine, draftOfLine, type Line, withTransport } from "./line";

const line: Line = {
  id: "carrier",
  version: 3,
  name: { ko: "회선", ja: "回線", en: "Line" },
  mode: "address",
  host: "sip.carrier.example",
  port: 5060,
  transport: "udp",
  srtp: "optional",
  username: "",
  addresses: ["203.0.113.0/28", "203.0.113.99/32"],
  caller_number: "+8215881234",
  region: "KR",
  inband_digits: false,
  priority: 1,
  calls_at_most: 30,
  enabled: true,
};

describe("a line", () => {
  it("goes through the form unchanged", () => {
    const { id: _id, ...body } = line;
    expect(bodyOfLine(draftOfLine(line), 3)).toEqual(body);
    expect(bodyOfLine(draftOfLine(line), null)).toEqual({ ...body, id: "carrier", version: undefined });
  });

  it("takes networks by line, comma or blank, and numbers as people write them", () => {
    const draft = {
      ...draftOfLine(line),
      addresses: "203.0.113.7,\n 203.0.113.8 ",
      caller_number: "+82 1588-1234",
    };
    expect(bodyOfLine(draft, 3)).toMatchObject({
      addresses: ["203.0.113.7", "203.0.113.8"],
      caller_number: "+8215881234",
    });
  });

  it("has no user name once both sides know each other by address", () => {
    expect(bodyOfLine({ ...draftOfLine(line), username: "onda" }, 3)).toMatchObject({ username: "" });
  });

  it("moves to the usual port of another transport, but leaves a port somebody chose", () => {
    expect(withTransport(draftOfLine(line), "tls")).toEqual({ transport: "tls", port: 5061 });
    expect(withTransport({ ...draftOfLine(line), port: 6060 }, "tls")).toEqual({ transport: "tls" });
  });
});
