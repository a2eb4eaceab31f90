/** The few words the loader needs; kept apart so that host pages do not load the whole catalogue. */

import type { Locale } from "../protocol";

export const LAUNCHER: Record<Locale, { open: string; failed: string; unread: (n: number) => string }> = {
  ko: {
    open: "문의하기",
    failed: "상담 창을 열지 못했어요. 다시 시도하기",
    unread: (n) => `새 메시지 ${n}개`,
  },
  ja: {
    open: "お問い合わせ",
    failed: "チャットを開けませんでした。もう一度試す",
    unread: (n) => `新着メッセージ${n}件`,
  },
  en: {
    open: "Chat with us",
    failed: "Chat could not open. Try again",
    unread: (n) => (n === 1 ? "1 new message" : `${n} new messages`),
  },
};

/** The language nearest to a tag such as `ko-KR`; undefined when none fits. */
export function launcherLocale(tag: string | undefined): Locale | undefined {
  const primary = tag?.slice(0, 2).toLowerCase();
  return primary && primary in LAUNCHER ? (primary as Locale) : undefined;
}
