"""Why the shop's customers come: the catalogue of the demo. Two reasons have no journey yet, as in real life."""

_PRIVACY = ["PIPA", "APPI"]

REASONS: tuple[dict[str, object], ...] = (
    {
        "id": "order_status",
        "name": {"ko": "주문·배송 조회", "ja": "注文・配送の確認", "en": "Where is my order"},
        "needs": ["number"],
        "level": 1,
        "tasks": ["orders.find"],
        "tags": [*_PRIVACY, "SOC_2"],
        "journey_id": "order-status",
        "person_after": 5,
    },
    {
        "id": "refund",
        "name": {"ko": "환불", "ja": "返金", "en": "Refund"},
        "needs": ["number"],
        "level": 2,
        "tasks": ["refunds.quote", "refunds.request"],
        "tags": [*_PRIVACY, "SOC_2", "PCI_DSS"],
        "journey_id": "refund",
        "person_after": 4,
    },
    {
        "id": "password_reset",
        "name": {"ko": "비밀번호 재설정", "ja": "パスワードの再設定", "en": "Password reset"},
        "needs": ["email"],
        "level": 2,
        "tasks": ["accounts.reset_password"],
        "tags": [*_PRIVACY, "SOC_2"],
        "journey_id": "password-reset",
    },
    {
        "id": "store_hours",
        "name": {"ko": "매장·영업시간", "ja": "店舗・営業時間", "en": "Stores and opening hours"},
        "journey_id": "store-hours",
    },
    {
        "id": "callback",
        "name": {"ko": "전화 요청", "ja": "折り返し電話の依頼", "en": "Call me back"},
        "tags": _PRIVACY,
        "journey_id": "front-desk",
    },
    {
        "id": "talk_to_person",
        "name": {"ko": "상담원 연결", "ja": "担当者への接続", "en": "Talk to a person"},
        "journey_id": "front-desk",
    },
    {
        "id": "exchange",
        "name": {"ko": "교환", "ja": "商品の交換", "en": "Exchange an item"},
        "needs": ["number"],
        "level": 1,
        "tasks": ["orders.find"],
        "tags": _PRIVACY,
    },
    {
        "id": "complaint",
        "name": {"ko": "불만 접수", "ja": "ご意見・苦情", "en": "Complaint"},
        "needs": ["number"],
        "level": 1,
        "tags": _PRIVACY,
    },
)
