"""Messages for bad days, written in advance in three languages; a company may change each of them."""

from collections.abc import Mapping

HOUR_S = 3600


def _message(
    message_id: str,
    lasts_s: int,
    name: tuple[str, str, str],
    texts: tuple[str, str, str],
    spoken: tuple[str, str, str],
) -> dict[str, object]:
    def in_all(three: tuple[str, str, str]) -> dict[str, str]:
        return dict(zip(("ko", "ja", "en"), three, strict=True))

    return {
        "id": message_id,
        "name": in_all(name),
        "texts": in_all(texts),
        "spoken": in_all(spoken),
        "scope": {},
        "lasts_s": lasts_s,
        "version": 0,
    }


_ALL = (
    _message(
        "closed",
        4 * HOUR_S,
        ("임시 휴무", "臨時休業", "Closed unexpectedly"),
        (
            "사정이 있어 지금은 상담을 운영하지 않습니다. 다시 열리는 대로 차례대로 도와드리겠습니다. "
            "불편을 드려 죄송합니다.",
            "都合により、ただいまお問い合わせの受付を停止しております。再開しだい順番にご案内いたします。"
            "ご不便をおかけし申し訳ございません。",
            "We have had to close for now. As soon as we are open again, we will help everybody in order. "
            "We are sorry for the trouble.",
        ),
        (
            "지금은 상담을 운영하지 않습니다. 다시 열리는 대로 도와드리겠습니다. 죄송합니다.",
            "ただいま、お問い合わせの受付を停止しております。再開までお待ちください。申し訳ございません。",
            "We are closed for now. Please try again later. We are sorry.",
        ),
    ),
    _message(
        "outage",
        2 * HOUR_S,
        ("시스템 장애", "システム障害", "System outage"),
        (
            "시스템에 문제가 있어 일부 서비스를 이용하기 어렵습니다. 서둘러 복구하고 있으며, 주문과 "
            "결제 내역은 안전합니다.",
            "システム障害のため、一部のサービスがご利用いただけません。現在、復旧を急いでおります。"
            "ご注文とお支払いの内容は保持されています。",
            "Because of a fault in our systems, some services do not work right now. We are repairing "
            "it as fast as "
            "we can; your orders and payments are safe.",
        ),
        (
            "시스템 문제로 일부 서비스를 이용하기 어렵습니다. 서둘러 복구하고 있습니다.",
            "システム障害が発生しております。現在、復旧を急いでおります。",
            "Our systems have a fault. We are repairing it as fast as we can.",
        ),
    ),
    _message(
        "long-wait",
        2 * HOUR_S,
        ("문의 폭주", "混雑", "Long waits"),
        (
            "지금 문의가 몰려 평소보다 오래 기다리셔야 합니다. 급하지 않으시면 나중에 다시 찾아 "
            "주시거나 전화 예약을 이용해 주세요.",
            "ただいまお問い合わせが集中しており、通常よりお待ちいただいております。"
            "お急ぎでない場合は、時間をおいてお試しいただくか、折り返しのお電話をご利用ください。",
            "Many people are asking for help at once, and waits are longer than usual. If it is not urgent, "
            "please come back later or ask us to call you.",
        ),
        (
            "지금 문의가 많아 오래 기다리셔야 합니다. 전화 예약도 이용하실 수 있습니다.",
            "ただいま大変混み合っております。折り返しのお電話もご利用いただけます。",
            "Waits are longer than usual. You may also ask us to call you back.",
        ),
    ),
    _message(
        "delivery-delay",
        24 * HOUR_S,
        ("배송 지연", "配送の遅れ", "Deliveries delayed"),
        (
            "배송이 평소보다 늦어지고 있습니다. 상품은 차례대로 출발하며, 주문 조회에서 위치를 확인하실 "
            "수 있습니다.",
            "配送に遅れが出ております。商品は順次発送しており、ご注文の照会から状況をご確認いただけます。",
            "Deliveries take longer than usual. Parcels leave in order, and you can follow yours under "
            "your orders.",
        ),
        (
            "배송이 평소보다 늦어지고 있습니다. 상품은 차례대로 출발합니다.",
            "配送に遅れが出ております。商品は順次発送しております。",
            "Deliveries take longer than usual. Parcels leave in order.",
        ),
    ),
    _message(
        "weather",
        12 * HOUR_S,
        ("악천후", "悪天候", "Severe weather"),
        (
            "폭설·폭우 등 궂은 날씨로 배송과 상담이 늦어지고 있습니다. 모두의 안전을 위한 것이니 "
            "너그러운 양해 부탁드립니다.",
            "悪天候のため、配送とご案内に遅れが出ております。安全のため、ご理解くださいますようお願いいたします。",
            "Because of severe weather, deliveries and answers are late. Everybody's safety comes first; "
            "thank you for your patience.",
        ),
        (
            "궂은 날씨로 배송과 상담이 늦어지고 있습니다. 양해 부탁드립니다.",
            "悪天候のため、配送とご案内に遅れが出ております。",
            "Severe weather delays our deliveries and answers. Thank you for your patience.",
        ),
    ),
    _message(
        "disaster",
        12 * HOUR_S,
        ("재난", "災害", "Disaster"),
        (
            "재난으로 상담 센터를 정상 운영하기 어렵습니다. 먼저 안전을 확인해 주세요. 급한 일이 아니면 "
            "며칠 뒤에 다시 찾아 주세요.",
            "災害のため、通常どおりのご案内ができません。まずは身の安全を確保してください。"
            "お急ぎでないご用件は、後日あらためてお願いいたします。",
            "Because of a disaster, we cannot work as usual. Please make sure that you are safe first. "
            "If it can wait, come back in a few days.",
        ),
        (
            "재난으로 정상 운영이 어렵습니다. 먼저 안전을 확인해 주세요.",
            "災害のため、通常どおりのご案内ができません。まずは身の安全を確保してください。",
            "Because of a disaster, we cannot work as usual. Please make sure that you are safe first.",
        ),
    ),
    _message(
        "scam",
        72 * HOUR_S,
        ("사칭 주의", "なりすまし注意", "Scam warning"),
        (
            "저희를 사칭한 문자와 전화가 확인되었습니다. 저희는 비밀번호나 카드 번호 전체를 여쭙지 "
            "않습니다. 링크를 누르지 마세요.",
            "当社を装ったメッセージや電話が確認されています。当社が暗証番号やカード番号の全桁をお尋ねすることは"
            "ありません。リンクを開かないでください。",
            "Somebody is sending messages and calling in our name. We never ask for a password or a whole card "
            "number. Please do not open their links.",
        ),
        (
            "저희를 사칭한 전화에 주의하세요. 저희는 비밀번호를 여쭙지 않습니다.",
            "当社を装った電話にご注意ください。当社が暗証番号をお尋ねすることはありません。",
            "Beware of calls in our name. We never ask for your password.",
        ),
    ),
)
BUILT_IN: Mapping[str, Mapping[str, object]] = {str(one["id"]): one for one in _ALL}
