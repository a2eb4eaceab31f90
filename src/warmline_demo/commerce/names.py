"""Invented Korean and Japanese people: their names are drawn from common ones, their numbers are nobody's."""

KOREAN_FAMILY = ("김", "이", "박", "최", "정", "강", "조", "윤", "장", "임", "한", "오", "서", "신", "권", "황")
KOREAN_GIVEN = (
    "민서", "서연", "지우", "하준", "도윤", "예은", "수아", "지호", "시우", "유진", "채원", "현우",
    "다은", "준서", "소율", "건우", "나윤", "태민", "은지", "성훈", "미경", "영호", "가온", "보람",
)  # fmt: skip
JAPANESE_FAMILY = (
    ("佐藤", "sato"), ("鈴木", "suzuki"), ("高橋", "takahashi"), ("田中", "tanaka"), ("伊藤", "ito"),
    ("渡辺", "watanabe"), ("山本", "yamamoto"), ("中村", "nakamura"), ("小林", "kobayashi"),
    ("加藤", "kato"), ("吉田", "yoshida"), ("山田", "yamada"), ("松本", "matsumoto"), ("井上", "inoue"),
    ("木村", "kimura"), ("清水", "shimizu"),
)  # fmt: skip
JAPANESE_GIVEN = (
    ("美咲", "misaki"), ("陽菜", "hina"), ("葵", "aoi"), ("結衣", "yui"), ("さくら", "sakura"),
    ("真由美", "mayumi"), ("恵子", "keiko"), ("千尋", "chihiro"), ("蓮", "ren"), ("大翔", "hiroto"),
    ("湊", "minato"), ("健太", "kenta"), ("翔太", "shota"), ("直樹", "naoki"), ("浩", "hiroshi"),
    ("拓也", "takuya"), ("優斗", "yuto"), ("明", "akira"),
)  # fmt: skip
