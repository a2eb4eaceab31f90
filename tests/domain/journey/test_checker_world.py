"""The surroundings answer from a tape, and remember what they could have answered."""

from datetime import timedelta

from warmline.domain.journey.checker_world import NOW, PromptSource, Surroundings, world_words

TEXTS = PromptSource(
    {"ko": {"a": "안녕 {name|이/가}"}, "ja": {"a": "はい {total:money:JPY}"}, "en": {"a": "Hi {name} {{x}}"}}
)


def test_the_first_answer_is_the_usual_one_and_the_others_become_tapes():
    world = Surroundings({}, TEXTS)
    assert world.hours("seoul", NOW) == "open"
    assert world.queue("orders", None).staffed
    assert list(world.alternatives()) == [
        ("seoul is closed",),
        ("seoul is holiday",),
        ("seoul is emergency",),
        ("seoul is open", "queue orders is unstaffed"),
        ("seoul is open", "queue orders is full"),
    ]


def test_what_is_closed_now_may_be_open_later_and_all_later_times_are_alike():
    world = Surroundings({}, TEXTS, ("seoul is holiday",))
    assert world.hours("seoul", NOW) == "holiday"
    assert {world.hours("seoul", NOW + timedelta(hours=n)) for n in range(1, 48)} == {"open"}
    assert world.answers == ["seoul is holiday", "seoul is open later"]
    assert list(world.alternatives()) == [("seoul is holiday", "seoul is closed later")]
    closed = Surroundings({}, TEXTS, ("seoul is open", "seoul is closed later"))
    assert [closed.hours("seoul", at) for at in (NOW, NOW + timedelta(hours=1))] == ["open", "closed"]


def test_a_tape_decides_and_offers_no_alternative_to_itself():
    world = Surroundings({}, TEXTS, ("seoul is holiday",))
    assert world.hours("seoul", NOW) == "holiday"
    assert list(world.alternatives()) == []
    assert world.announcements("emergency", "en", NOW) == ()
    assert list(world.alternatives()) == [("seoul is holiday", "emergency is announced")]


def test_prompts_speak_all_languages_at_once_and_fill_in_each_value_once_for_each_format():
    assert TEXTS.everywhere("a", "webchat") == "안녕 {name}, はい {total:money:JPY}, Hi … {{x}}"
    assert TEXTS.everywhere("missing", "webchat") is None
    assert TEXTS.prompt("a", "en", "webchat") == "Hi {name} {{x}}"


def test_within_one_step_the_same_question_has_the_same_answer():
    world = Surroundings({}, TEXTS, ("queue orders is full",))
    assert world.queue("orders", None).full
    assert world.queue("orders", None).full
    assert world.answers == ["queue orders is full"]
    assert list(world.alternatives()) == []


def test_an_answer_of_the_surroundings_is_told_by_what_it_is_about():
    assert world_words("seoul is holiday") == ("hours.holiday", {"name": "seoul"})
    assert world_words("seoul is open later") == ("hours.open later", {"name": "seoul"})
    assert world_words("queue orders is full") == ("queue.full", {"name": "orders"})
    assert world_words("emergency is announced") == ("slot.announced", {"name": "emergency"})


def test_a_tape_is_replayed_until_its_last_answer_was_asked_for():
    world = Surroundings({}, TEXTS, ("seoul is closed",))
    assert world.replaying
    world.hours("seoul", NOW)
    assert not world.replaying
