"""The people who work at Onda, all invented: a team of three languages, and one seat for you."""

from typing import NamedTuple

# For the demo only: it listens on loopback, and the role picker lets anybody in without it anyway.
DEMO_PASSWORD = "onda-demo-only"  # noqa: S105


class Member(NamedTuple):
    """A person with a login. Skill levels run from 1 to 5."""

    email: str
    name: str
    locale: str
    roles: tuple[str, ...]
    profile: str | None
    skills: dict[str, int]


def _colleague(number: int, name: str, locale: str, profile: str, **skills: int) -> Member:
    return Member(f"colleague{number:02d}@onda.example", name, locale, ("agent",), profile, skills)


# The first agent by email is the seat the role picker gives to whoever tries the demo.
YOU = Member(
    "agent@onda.example", "Mina Han", "en", ("agent",), "everything",
    {"ko": 4, "ja": 4, "en": 5, "orders": 4, "refunds": 4, "accounts": 4},
)  # fmt: skip
COLLEAGUES: tuple[Member, ...] = (
    _colleague(1, "김서윤", "ko", "phone", ko=5, en=3, orders=5, refunds=2),
    _colleague(2, "박지훈", "ko", "delivery", ko=5, ja=2, orders=4, accounts=3),
    _colleague(3, "이하은", "ko", "money", ko=5, en=4, refunds=5, accounts=3),
    _colleague(4, "정우진", "ko", "everything", ko=5, ja=4, en=2, orders=3, refunds=3, accounts=4),
    _colleague(5, "佐々木 遥", "ja", "phone", ja=5, en=2, orders=5),
    _colleague(6, "森田 健", "ja", "money", ja=5, ko=2, refunds=4, accounts=5),
    _colleague(7, "藤井 美緒", "ja", "everything", ja=5, en=4, orders=4, refunds=3, accounts=2),
    _colleague(8, "Emma Clarke", "en", "delivery", en=5, orders=5, refunds=2),
    _colleague(9, "Daniel Park", "en", "money", en=5, ko=4, refunds=5, accounts=4),
    _colleague(10, "Sofia Reyes", "en", "everything", en=5, ja=2, orders=3, refunds=3, accounts=5),
    _colleague(11, "최유나", "ko", "everything", ko=5, ja=3, en=5, orders=4, refunds=4, accounts=4),
)  # fmt: skip
PHONE_TEAM = (COLLEAGUES[0], COLLEAGUES[4])  # two for three languages: sometimes somebody waits, for you perhaps
LEADERS: tuple[Member, ...] = (
    Member("supervisor@onda.example", "윤태희", "ko", ("supervisor",), "everything",
           {"ko": 5, "ja": 3, "en": 4, "orders": 5, "refunds": 5, "accounts": 5}),
    Member("designer@onda.example", "高木 理沙", "ja", ("designer",), None, {}),
    Member("admin@onda.example", "Alex Moon", "en", ("admin",), None, {}),
)  # fmt: skip
MEMBERS: tuple[Member, ...] = (YOU, *COLLEAGUES, *LEADERS)
