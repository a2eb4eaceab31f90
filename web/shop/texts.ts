/** The demo shop's words in its three languages. */

export const LOCALES = ["ko", "ja", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const en = {
  title: "Onda — things for quiet days",
  ordersTitle: "My orders — Onda",
  demo: "Demo shop. Nothing here can be bought; Onda and its customers are invented.",
  shop: "Shop",
  orders: "My orders",
  language: "Language",
  headline: "Things that stay with you",
  lead: "Lamps, kettles and chairs we use ourselves. Sent from Seoul and Tokyo within a day.",
  seeOrders: "Where is my order?",
  products: "New this week",
  addToBag: "Add to bag",
  inBag: "In your bag",
  bag: (count: number) => (count === 0 ? "Bag" : `Bag (${count})`),
  promises: [
    ["Arrives in 2–4 days", "Free shipping to Korea and Japan over $50."],
    ["30 days to change your mind", "Refunds reach you within five working days."],
    ["A person when you want one", "Ask in Korean, Japanese or English, every day from 9:00 to 18:00."],
  ],
  hello: (name: string) => `Hello, ${name}`,
  ordersLead: "Questions about an order? Ask in the chat; it knows these numbers.",
  placed: "Ordered",
  expected: "Expected",
  delivered: "Delivered",
  total: "Total",
  andMore: (count: number) => ` and ${count} more`,
  late: (days: number) => (days === 1 ? "1 day late" : `${days} days late`),
  ask: "Ask about this order",
  status: { preparing: "Preparing", shipped: "On its way", delivered: "Delivered", cancelled: "Cancelled" },
  idCard: "Your details (demo)",
  idHint: "The chat may ask for these to confirm that it is you.",
  phone: "Phone",
  email: "Email",
  birthDate: "Date of birth",
  account: "Account number",
  pin: "PIN",
  myPhone: "Your phone (demo)",
  noMessages: "No messages yet. One-time codes appear here.",
  phoneAway: "The demo phone cannot be reached right now.",
  footer: "Onda is an invented shop that shows Warmline, the open-source contact center.",
};

export type Texts = typeof en;

const ko: Texts = {
  title: "온다 — 조용한 하루를 위한 물건",
  ordersTitle: "내 주문 — 온다",
  demo: "데모 상점입니다. 실제로 구매할 수 없으며, 온다와 고객은 모두 지어낸 것입니다.",
  shop: "상품",
  orders: "내 주문",
  language: "언어",
  headline: "오래 곁에 두는 물건",
  lead: "직접 써 보고 고른 조명과 주전자, 의자를 서울과 도쿄에서 하루 안에 보내 드려요.",
  seeOrders: "내 주문 확인하기",
  products: "이번 주 새 상품",
  addToBag: "장바구니에 담기",
  inBag: "담았어요",
  bag: (count) => (count === 0 ? "장바구니" : `장바구니 (${count})`),
  promises: [
    ["2~4일 안에 도착", "한국과 일본은 5만 원 이상 무료로 보내 드려요."],
    ["30일 안에 반품 가능", "환불은 영업일 기준 5일 안에 완료돼요."],
    ["언제든 상담원과", "매일 9시부터 18시까지 한국어, 일본어, 영어로 도와드려요."],
  ],
  hello: (name) => `${name} 님, 안녕하세요`,
  ordersLead: "주문이 궁금하시면 상담 창에서 물어보세요. 아래 주문번호로 바로 확인해 드려요.",
  placed: "주문일",
  expected: "도착 예정",
  delivered: "배송 완료",
  total: "결제 금액",
  andMore: (count) => ` 외 ${count}건`,
  late: (days) => `${days}일 지연`,
  ask: "이 주문 문의하기",
  status: { preparing: "상품 준비 중", shipped: "배송 중", delivered: "배송 완료", cancelled: "주문 취소" },
  idCard: "내 정보 (데모)",
  idHint: "상담 중 본인 확인에 필요할 수 있어요.",
  phone: "전화번호",
  email: "이메일",
  birthDate: "생년월일",
  account: "회원번호",
  pin: "PIN",
  myPhone: "내 휴대폰 (데모)",
  noMessages: "아직 받은 문자가 없어요. 인증번호가 여기에 도착해요.",
  phoneAway: "지금은 데모 휴대폰에 연결할 수 없어요.",
  footer: "온다는 오픈소스 컨택센터 Warmline을 보여 드리기 위해 만든 가상의 상점입니다.",
};

const ja: Texts = {
  title: "オンダ — 静かな毎日のための道具",
  ordersTitle: "ご注文履歴 — オンダ",
  demo: "デモ用のショップです。実際には購入できません。オンダとお客様はすべて架空です。",
  shop: "商品",
  orders: "ご注文履歴",
  language: "言語",
  headline: "長くそばに置きたいもの",
  lead: "実際に使って選んだ照明、ケトル、椅子を、ソウルと東京から一日以内に発送します。",
  seeOrders: "ご注文を確認する",
  products: "今週の新着",
  addToBag: "カートに入れる",
  inBag: "カートに入りました",
  bag: (count) => (count === 0 ? "カート" : `カート（${count}）`),
  promises: [
    ["2〜4日でお届け", "韓国・日本へは5,000円以上で送料無料です。"],
    ["30日間返品可能", "ご返金は5営業日以内に完了します。"],
    ["いつでも担当者に", "毎日9時から18時まで、日本語・韓国語・英語で承ります。"],
  ],
  hello: (name) => `${name}様、こんにちは`,
  ordersLead: "ご注文についてのご質問は、チャットでお尋ねください。下の注文番号ですぐにお調べします。",
  placed: "ご注文日",
  expected: "お届け予定",
  delivered: "お届け済み",
  total: "合計金額",
  andMore: (count) => ` 他${count}点`,
  late: (days) => `${days}日遅れ`,
  ask: "この注文について問い合わせる",
  status: { preparing: "準備中", shipped: "配送中", delivered: "お届け済み", cancelled: "キャンセル" },
  idCard: "お客様情報（デモ）",
  idHint: "チャットでのご本人確認に使うことがあります。",
  phone: "電話番号",
  email: "メールアドレス",
  birthDate: "生年月日",
  account: "会員番号",
  pin: "暗証番号",
  myPhone: "お客様のスマートフォン（デモ）",
  noMessages: "まだメッセージはありません。認証コードはここに届きます。",
  phoneAway: "現在、デモ用のスマートフォンに接続できません。",
  footer: "オンダは、オープンソースのコンタクトセンターWarmlineをご覧いただくための架空のショップです。",
};

export const TEXTS: Record<Locale, Texts> = { ko, ja, en };
export const LANGUAGE_NAMES: Record<Locale, string> = { ko: "한국어", ja: "日本語", en: "English" };

/** The language of this visit: asked for in the address, chosen before, or the browser's. */
export function visitLocale(): Locale {
  const asked = new URLSearchParams(location.search).get("lang");
  const wanted = [asked, localStorage.getItem("onda:lang"), ...navigator.languages];
  for (const tag of wanted) {
    const found = LOCALES.find((locale) => tag?.toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return "en";
}
