import { beforeAll, describe, expect, it } from "vitest";
import { setLocale, t } from "@/i18n/t";
import { says, story } from "@/live/fixtures";
import { trailOf } from "../thread/story";
import { draftSummary } from "./summary";

describe("the prepared summary", () => {
  beforeAll(() => setLocale("ko"));

  it("says why the customer came, what is known, what failed and what was answered", () => {
    const events = story([
      { kind: "reason_recognised", intent: "order_status" },
      { kind: "data_collected", name: "number", value: "W2611043" },
      { kind: "task_started", task_id: "t", task: "orders.find", attempt: 1 },
      { kind: "task_ended", task_id: "t", task: "orders.find", outcome: "failed" },
      says("customer", "상담원"),
      { kind: "agent_joined", agent_id: "mina", agent_name: "박민아" },
      says("customer", "언제 오나요?"),
      says("agent", "내일 도착합니다."),
    ]);
    expect(draftSummary(trailOf(events), events, t)).toBe(
      [
        "문의: 주문 조회",
        "확인한 정보: 주문 번호 W2611043",
        "실패한 자동 처리: 주문 조회",
        "고객: 언제 오나요?",
        "답변: 내일 도착합니다.",
      ].join("\n"),
    );
  });

  it("is empty when nothing is known", () => {
    expect(draftSummary(trailOf([]), [], t)).toBe("");
  });
});
