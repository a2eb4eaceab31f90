"""Names of the shop's products in Korean and Japanese, and prices in won and yen."""

from typing import Literal

from warmline_demo.commerce.records import Currency

# English name: (Korean, Japanese)
NAMES: dict[str, tuple[str, str]] = {
    "Action Camera": ("액션캠", "アクションカメラ"),
    "Air Purifier": ("공기청정기", "空気清浄機"),
    "Backpack": ("백팩", "リュックサック"),
    "Bicycle": ("자전거", "自転車"),
    "Bluetooth Speaker": ("블루투스 스피커", "Bluetoothスピーカー"),
    "Bookshelf": ("책장", "本棚"),
    "Coffee Maker": ("커피메이커", "コーヒーメーカー"),
    "Cycling Helmet": ("자전거 헬멧", "自転車用ヘルメット"),
    "Desk Lamp": ("책상 스탠드", "デスクライト"),
    "Digital Camera": ("디지털 카메라", "デジタルカメラ"),
    "Dumbbell Set": ("덤벨 세트", "ダンベルセット"),
    "E-Reader": ("전자책 단말기", "電子書籍リーダー"),
    "Electric Kettle": ("전기 주전자", "電気ケトル"),
    "Electric Toothbrush": ("전동칫솔", "電動歯ブラシ"),
    "Espresso Machine": ("에스프레소 머신", "エスプレッソマシン"),
    "Fleece Jacket": ("플리스 재킷", "フリースジャケット"),
    "Gaming Mouse": ("게이밍 마우스", "ゲーミングマウス"),
    "Garden Hose": ("정원용 호스", "散水ホース"),
    "Grill": ("그릴", "バーベキューグリル"),
    "Headphones": ("헤드폰", "ヘッドホン"),
    "Hiking Boots": ("등산화", "登山靴"),
    "Indoor Security Camera": ("실내 보안 카메라", "屋内用防犯カメラ"),
    "Jigsaw Puzzle": ("직소 퍼즐", "ジグソーパズル"),
    "LED Light Bulb": ("LED 전구", "LED電球"),
    "Laptop": ("노트북", "ノートパソコン"),
    "Luggage Set": ("여행 가방 세트", "スーツケースセット"),
    "Makeup Kit": ("메이크업 키트", "メイクセット"),
    "Mechanical Keyboard": ("기계식 키보드", "メカニカルキーボード"),
    "Notebook": ("노트", "ノート"),
    "Office Chair": ("사무용 의자", "オフィスチェア"),
    "Patio Umbrella": ("파라솔", "ガーデンパラソル"),
    "Perfume": ("향수", "香水"),
    "Pet Bed": ("반려동물 침대", "ペット用ベッド"),
    "Portable Charger": ("보조 배터리", "モバイルバッテリー"),
    "Running Shoes": ("러닝화", "ランニングシューズ"),
    "Skateboard": ("스케이트보드", "スケートボード"),
    "Smart Thermostat": ("스마트 온도 조절기", "スマートサーモスタット"),
    "Smart Watch": ("스마트워치", "スマートウォッチ"),
    "Smartphone": ("스마트폰", "スマートフォン"),
    "Sneakers": ("운동화", "スニーカー"),
    "Sunglasses": ("선글라스", "サングラス"),
    "T-Shirt": ("티셔츠", "Tシャツ"),
    "Tablet": ("태블릿", "タブレット"),
    "Tea Kettle": ("찻주전자", "ティーケトル"),
    "Vacuum Cleaner": ("청소기", "掃除機"),
    "Wall Clock": ("벽시계", "壁掛け時計"),
    "Water Bottle": ("물병", "水筒"),
    "Wireless Earbuds": ("무선 이어폰", "ワイヤレスイヤホン"),
    "Wristwatch": ("손목시계", "腕時計"),
    "Yoga Mat": ("요가 매트", "ヨガマット"),
}

PLACES: dict[Currency, int] = {"KRW": 0, "JPY": 0, "USD": 2}
SIGNS: dict[Currency, str] = {"KRW": "₩", "JPY": "¥", "USD": "$"}


def product_name(english: str, locale: str) -> str:
    """Return a product's name in `locale`; the English one where no other is known."""
    if locale == "en" or english not in NAMES:
        return english
    korean, japanese = NAMES[english]
    return korean if locale == "ko" else japanese


def price_in(dollars: float, currency: Currency) -> int:
    """Return a dollar price as the shop would label it abroad, in minor units."""
    if currency == "KRW":
        return round(dollars * 1350 / 100) * 100
    if currency == "JPY":
        return round(dollars * 150 / 10) * 10
    return round(dollars * 100)


def money_text(amount: int, currency: Currency) -> str:
    """Return an amount of minor units as people write it: `₩128,000`, `$12.50`."""
    places = PLACES[currency]
    return f"{SIGNS[currency]}{amount / 10**places:,.{places}f}"


def currency_of(locale: str) -> Literal["KRW", "JPY", "USD"]:
    """Return the currency customers of a language pay in."""
    return "KRW" if locale == "ko" else "JPY" if locale == "ja" else "USD"
