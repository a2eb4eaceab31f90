/** The few words the loader needs; kept apart so that host pages do not load the whole catalogue. */

import type { Locale } from "../protocol";

export const LAUNCHER: Record<
  Locale,
  { open: string; close: string; frame: string; unread: (n: number) => string }
> = {
  ko: { open: "문의하기", close: "상담 창 닫기", frame: "고객 상담", unread: (n) => `새 메시지 ${n}개` },
  ja: {
    open: "お問い合わせ",
    close: "チャットを閉じる",
    frame: "お客様サポート",
    unread: (n) => `新着メッセージ${n}件`,
  },
  en: {
    open: "Chat with us",
    close: "Close chat",
    frame: "Support chat",
    unread: (n) => (n === 1 ? "1 new message" : `${n} new messages`),
  },
};

/** The language nearest to a tag such as `ko-KR`; undefined when none fits. */
export function launcherLocale(tag: string | undefined): Locale | undefined {
  const primary = tag?.slice(0, 2).toLowerCase();
  return primary && primary in LAUNCHER ? (primary as Locale) : undefined;
}
