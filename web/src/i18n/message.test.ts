import { describe, expect, it } from "vitest";
import { format } from "./message";

describe("a message", () => {
  it("puts names and numbers in their places", () => {
    expect(format("ko", "{name}님, 앞에 {count}명 있어요", { name: "김서연", count: 1200 })).toBe(
      "김서연님, 앞에 1,200명 있어요",
    );
  });

  it("chooses the plural form of its language", () => {
    const template = "{count, plural, =0 {No chats} one {# chat} other {# chats}}";
    expect(format("en", template, { count: 0 })).toBe("No chats");
    expect(format("en", template, { count: 1 })).toBe("1 chat");
    expect(format("en", template, { count: 3 })).toBe("3 chats");
    expect(format("ja", "{count, plural, other {#件}}", { count: 1 })).toBe("1件");
  });

  it("fills variables inside plural forms", () => {
    expect(format("en", "{n, plural, one {# of {who}} other {# of {who}}}", { n: 2, who: "Mina" })).toBe(
      "2 of Mina",
    );
  });

  it("shows a missing variable instead of hiding the mistake", () => {
    expect(format("en", "Hello {name}")).toBe("Hello {name}");
  });

  it("chooses the Korean particle by the sound before it", () => {
    expect(format("ko", "{name}(으)로 이동", { name: "상담" })).toBe("상담으로 이동");
    expect(format("ko", "{name}(으)로 이동", { name: "리포트" })).toBe("리포트로 이동");
    expect(format("ko", "{name}(으)로", { name: "서울" })).toBe("서울로");
    expect(format("ko", "{name}을(를) 보냈습니다", { name: "메모" })).toBe("메모를 보냈습니다");
    expect(format("ko", "{name}이(가)", { name: "Mina" })).toBe("Mina가");
  });

  it("refuses an open brace", () => {
    expect(() => format("en", "Hello {name")).toThrow(/open brace/);
  });
});
