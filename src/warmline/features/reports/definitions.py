"""What each figure means: one definition, in three languages, for the interface, the API and the docs."""

# ruff: noqa: E501 -- wide characters count double; these sentences read better unbroken

from typing import Literal, get_args

from msgspec import Struct

Metric = Literal[
    "volume",
    "containment",
    "wait",
    "handle_time",
    "abandonment",
    "service_level",
    "transfer_rate",
    "csat",
    "wait_promise",
]
METRICS: tuple[Metric, ...] = get_args(Metric)
Unit = Literal["count", "share", "seconds", "score"]


class Definition(Struct, frozen=True):
    """A metric: its name, what it counts, and its unit (shares are 0 to 1)."""

    id: Metric
    unit: Unit
    name: dict[str, str]
    text: dict[str, str]


DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        "volume",
        "count",
        {"ko": "상담량", "ja": "問い合わせ数", "en": "Volume"},
        {
            "ko": "그날 시작된 상담 수입니다. 상담이 시작된 시각을 회사 시간대의 날짜로 셉니다.",
            "ja": "その日に始まったコンタクトの数です。開始時刻を会社のタイムゾーンの日付で数えます。",
            "en": "Contacts that began that day, by the time they began in the company's time zone.",
        },
    ),
    Definition(
        "containment",
        "share",
        {"ko": "셀프서비스 해결률", "ja": "セルフサービス完結率", "en": "Containment"},
        {
            "ko": "끝난 상담 중에서 상담원을 기다리는 줄에 한 번도 서지 않고 셀프서비스가 해결한 상담의 비율입니다.",
            "ja": "終了したコンタクトのうち、一度も担当者を待つことなくセルフサービスで解決したものの割合です。",
            "en": "Of the contacts that have ended, the share that self-service solved without ever entering a queue.",
        },
    ),
    Definition(
        "wait",
        "seconds",
        {"ko": "대기 시간", "ja": "待ち時間", "en": "Wait"},
        {
            "ko": "처음 줄에 선 때부터 처음 상담원과 연결된 때까지의 시간입니다. 연결된 상담만 셉니다. "
            "평균, 중앙값(p50), 열에 아홉이 넘지 않는 값(p90)을 보여 줍니다.",
            "ja": "最初に列に入ってから最初に担当者につながるまでの時間です。つながったコンタクトだけを数えます。"
            "平均、中央値（p50）、10件中9件が収まる値（p90）を示します。",
            "en": "From first entering a queue to first being connected with a person, of contacts that were connected: "
            "average, median (p50), and the value nine in ten stay within (p90).",
        },
    ),
    Definition(
        "handle_time",
        "seconds",
        {"ko": "처리 시간", "ja": "処理時間", "en": "Handle time"},
        {
            "ko": "상담원이 들어온 때부터 나간 때까지의 시간에 그 뒤의 후처리 시간을 더한 값입니다. 상담당 평균이며, "
            "여러 상담원이 맡았으면 모두 더합니다. 아직 끝나지 않은 상담은 세지 않습니다.",
            "ja": "担当者が入ってから離れるまでの時間に、その後の後処理の時間を足したものです。コンタクトあたりの平均で、"
            "複数の担当者が対応した場合は合計します。まだ終わっていないコンタクトは数えません。",
            "en": "From an agent joining to that agent leaving, plus the wrap-up that follows; the average per contact, "
            "all its agents added together. Contacts that are not over yet do not count.",
        },
    ),
    Definition(
        "abandonment",
        "share",
        {"ko": "포기율", "ja": "放棄率", "en": "Abandonment"},
        {
            "ko": "줄에 섰던 상담 중에서 연결되거나 고객이 떠난 것 가운데, 한 번도 연결되지 못한 채 고객이 떠난 비율입니다. "
            "콜백을 약속받은 고객은 떠난 것으로 세지 않습니다.",
            "ja": "列に入ったコンタクトのうち、つながったものとお客様が離れたものの中で、一度もつながらずに離れた割合です。"
            "折り返しを約束したお客様は離れたものに数えません。",
            "en": "Of the contacts that entered a queue and were connected or given up, the share whose customer left "
            "without ever being connected. A promised callback is not giving up.",
        },
    ),
    Definition(
        "service_level",
        "share",
        {"ko": "서비스 수준", "ja": "サービスレベル", "en": "Service level"},
        {
            "ko": "처음 선 줄의 목표 시간 안에 연결된 상담을, 연결된 상담과 목표 시간이 지난 뒤 고객이 떠났거나 아직 기다리는 "
            "상담의 합으로 나눈 값입니다.",
            "ja": "最初に入った列の目標時間内につながったコンタクトを、つながったコンタクトと、目標時間を過ぎてお客様が離れた、"
            "またはまだ待っているコンタクトの合計で割った値です。",
            "en": "Contacts connected within the target of the queue they first entered, divided by all that were "
            "connected plus those whose customer left, or is still waiting, after the target had passed.",
        },
    ),
    Definition(
        "transfer_rate",
        "share",
        {"ko": "전달률", "ja": "転送率", "en": "Transfer rate"},
        {
            "ko": "상담원과 연결된 상담 중에서 다른 줄이나 다른 상담원에게 한 번 이상 전달된 비율입니다.",
            "ja": "担当者につながったコンタクトのうち、別の列や別の担当者に一度以上転送されたものの割合です。",
            "en": "Of the contacts connected with a person, the share passed on to another queue or person at least once.",
        },
    ),
    Definition(
        "csat",
        "score",
        {"ko": "고객 만족도", "ja": "顧客満足度", "en": "CSAT"},
        {
            "ko": "상담 뒤 설문에 답한 고객의 점수(1~5) 평균입니다. 답한 수와, 4점이나 5점을 준 비율도 함께 보여 줍니다. "
            "상담원별로는 마지막으로 맡은 상담원에게 셉니다.",
            "ja": "終了後のアンケートに答えたお客様の点数（1〜5）の平均です。回答数と、4点または5点の割合も示します。"
            "担当者別では最後に対応した担当者に数えます。",
            "en": "The average score (1 to 5) of customers who answered the survey, with the number of answers and the share "
            "of fours and fives. By agent, it counts for the one who held the contact last.",
        },
    ),
    Definition(
        "wait_promise",
        "share",
        {"ko": "대기 안내 준수율", "ja": "待ち時間の案内の的中率", "en": "Wait promise kept"},
        {
            "ko": "예상 대기 시간을 안내받은 상담 중에서, 안내한 가장 긴 시간 안에 연결된 비율입니다. 연결된 상담과, 그 시간이 지나도록 "
            "연결되지 않은 상담을 셉니다. 그 전에 떠났거나 콜백을 약속받은 고객, 아직 그 시간 안에서 기다리는 고객은 세지 않습니다.",
            "ja": "予想待ち時間を案内したコンタクトのうち、案内した最も長い時間までにつながったものの割合です。つながったものと、その時間を"
            "過ぎてもつながらなかったものを数えます。その前に離れた、または折り返しを約束したお客様と、まだ時間内でお待ちのお客様は数えません。",
            "en": "Of the contacts that were told how long they would wait, the share connected no later than the longest "
            "time they were told. Contacts count once they are connected, or once that time has passed without an answer; "
            "customers who left or were promised a call before it, or who still wait within it, do not count.",
        },
    ),
)
