"""What the router publishes arrives whole, small enough, and never from a leader of the past."""

from uuid import UUID

from warmline.domain.contact.model import SkillNeed
from warmline.domain.routing.stats import IDS_PER_PAYLOAD, QueueStats, QueueView, encode

LINE = [UUID(int=n) for n in range(1, 501)]


def heard(view: QueueView, epoch: int = 1, turn: int = 1, stats: QueueStats | None = None) -> QueueStats:
    stats = stats or QueueStats()
    for payload in encode(view, epoch, turn):
        stats.receive(payload)
    return stats


def test_a_waiting_customer_is_told_place_and_wait():
    stats = heard(QueueView("orders", 3, 2, LINE[:3], [(30, 90), None, (90, 200)], newcomer=(120, 260)))
    facts = stats.facts("orders", LINE[2])
    assert (facts.staffed, facts.waiting, facts.position) == (True, 3, 3)
    assert (facts.half_s, facts.most_s, facts.told) == (90, 200, (120, 240))
    assert stats.facts("orders", LINE[1]).half_s is None, "unknown is not made up"


def test_who_is_not_yet_in_line_is_told_the_wait_of_their_kind():
    view = QueueView(
        "orders", 3, 2, LINE[:3], newcomer=(60, 100),
        newcomers={(SkillNeed("orders", 2), SkillNeed("ja", 1)): (300, 700)},
        skills=[{"ja": 5, "orders": 5}],
    )  # fmt: skip
    stats = heard(view)
    facts = stats.facts("orders", LINE[9])
    assert (facts.position, facts.half_s, facts.most_s, facts.full) == (None, 60, 100, False)
    japanese = stats.facts("orders", LINE[9], needs=[SkillNeed("ja", 1), SkillNeed("orders", 2)])
    assert (japanese.half_s, japanese.most_s) == (300, 700)
    assert stats.facts("orders", None, needs=[SkillNeed("ja", 3)]).half_s == 60


def test_a_long_line_travels_in_parts_that_fit_a_notification():
    waits = [(99_960, 99_960)] * 500
    payloads = encode(QueueView("orders", 500, 9, LINE, waits), 1, 1)
    assert len(payloads) == 1 + -(-500 // IDS_PER_PAYLOAD)
    assert max(len(payload.encode().replace(b'"', b'\\"')) for payload in payloads) < 7_700
    stats = heard(QueueView("orders", 500, 9, LINE, waits))
    assert [stats.facts("orders", id).position for id in LINE] == list(range(1, 501))
    assert {stats.facts("orders", id).most_s for id in LINE} == {99_960}


def test_the_waits_of_many_kinds_of_newcomers_fit_a_notification():
    kinds = {(SkillNeed(f"a-rather-long-skill-{n}", 1), SkillNeed("ja", 2)): (100, 200) for n in range(100)}
    people: list[dict[str, int]] = [{f"skill-{n}": 1, f"rare-{n}": 1} for n in range(60)]
    view = QueueView("orders", 140, 60, LINE[:140], [(99, 100)] * 140, newcomers=kinds, skills=people)
    payloads = encode(view, 1, 1)
    assert max(len(payload.encode().replace(b'"', b'\\"')) for payload in payloads) < 7_700


def test_a_full_queue_says_so_to_newcomers_only():
    stats = heard(QueueView("orders", 500, 9, LINE))
    assert stats.facts("orders", UUID(int=999), max_waiting=500).full
    assert not stats.facts("orders", LINE[0], max_waiting=500).full


def test_a_customer_nobody_on_shift_can_help_learns_that_nobody_is_there():
    stats = heard(QueueView("orders", 2, 4, LINE[:2], unserved=LINE[1:2]))
    assert stats.facts("orders", LINE[0]).staffed
    assert not stats.facts("orders", LINE[1]).staffed
    assert stats.facts("orders", LINE[1]).half_s is None


def test_late_words_of_an_earlier_leader_are_ignored():
    stats = heard(QueueView("orders", 1, 4, LINE[:1]), epoch=7, turn=3)
    heard(QueueView("orders", 99, 0, LINE[:99]), epoch=6, turn=900, stats=stats)
    assert [part.waiting for part in stats.queues()] == [1]


def test_places_of_the_turn_before_are_forgotten():
    stats = heard(QueueView("orders", 2, 4, LINE[:2]))
    heard(QueueView("orders", 1, 4, LINE[1:2]), turn=2, stats=stats)
    assert stats.facts("orders", LINE[0]).position is None
    assert stats.facts("orders", LINE[1]).position == 1


def test_the_beginning_and_the_end_of_staffing_are_told_apart_from_mere_numbers():
    stats = QueueStats()
    told = [
        stats.receive(encode(QueueView("orders", 0, staffed), 1, turn)[0])
        for turn, staffed in enumerate([0, 0, 2, 3, 0])
    ]
    assert told == ["orders", None, "orders", None, "orders"]


def test_a_queue_never_heard_of_is_empty_and_unstaffed():
    facts = QueueStats().facts("orders", None)
    assert (facts.staffed, facts.waiting, facts.position) == (False, 0, None)


def _staffed(stats: QueueStats, **needs: int) -> bool:
    return stats.facts("orders", None, needs=[SkillNeed(skill, level) for skill, level in needs.items()]).staffed


def test_a_queue_whose_people_do_not_speak_a_customer_s_language_is_not_staffed_for_them():
    people: list[dict[str, int]] = [{"ko": 5, "orders": 2}, {"en": 3, "orders": 4}]
    stats = heard(QueueView("orders", 0, 2, skills=people))
    assert _staffed(stats)
    assert _staffed(stats, ko=2)
    assert not _staffed(stats, ja=2)
    assert not _staffed(stats, ko=2, orders=3)  # no one person has both
    assert stats.facts("orders", None, needs=[SkillNeed("ja", 1)]).half_s is None


def test_kinds_of_people_whom_others_surpass_are_not_told():
    people: list[dict[str, int]] = [{"ko": level} for level in range(1, 6)] + [{"en": 1, "ko": 1}]
    (head,) = encode(QueueView("orders", 0, 6, skills=people), 1, 1)
    assert '"skills":["en","ko"],"kinds":["05","11"]' in head


def test_more_kinds_of_people_than_fit_a_notification_count_as_able_to_help():
    many: list[dict[str, int]] = [{f"skill-{n}": 1, f"rare-{n}": 1} for n in range(300)]
    payloads = encode(QueueView("orders", 500, 300, LINE, skills=many), 1, 1)
    assert max(len(payload.encode().replace(b'"', b'\\"')) for payload in payloads) < 7_700
    stats = QueueStats()
    stats.receive(payloads[0])
    assert _staffed(stats, ja=2)


def test_many_people_of_the_usual_kinds_fit_a_notification():
    skills = [f"{name}-{n}" for n in range(6) for name in ("orders", "refunds")]
    people = [{skill: 1 + (n * (at + 3)) % 5 for at, skill in enumerate(skills)} for n in range(190)]
    (head,) = encode(QueueView("orders", 0, 190, skills=people), 1, 1)
    assert len(head.encode().replace(b'"', b'\\"')) < 7_700
    stats = QueueStats()
    stats.receive(head)
    assert not _staffed(stats, ja=1)
