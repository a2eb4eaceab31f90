"""The checker refuses every journey that could leave a customer without an explanation, and shows the path."""

from pathlib import Path

import pytest

from warmline.domain.journey.checker import check, replay
from warmline.domain.journey.checker_report import Report
from warmline.domain.journey.checker_static import World
from warmline.domain.journey.checker_words import SENTENCES
from warmline.domain.journey.checker_words_names import LANGUAGE_NAMES
from warmline.domain.journey.document import (
    Ask,
    Block,
    Callback,
    CallModule,
    Compare,
    DateInput,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    NumberInput,
    Option,
    OrderNumberInput,
    Reason,
    Return,
    Say,
    Set,
    TextInput,
    TransferJourney,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.prompts import parse_catalogue
from warmline.domain.journey.tasks import always
from warmline.kernel.locale import LOCALES, Locale

PLATFORM = Path(__file__).parents[3] / "src" / "warmline" / "prompts"
WORLD = World(
    queues=frozenset({"orders"}),
    calendars=frozenset({"seoul"}),
    tasks={"orders.find": always(("status", "total"))},
)
OWN = {"hello": "Hello.", "bye": "Goodbye.", "ask": "Your order number?", "yes": "Yes", "no": "No"}
AGENT: Block = (Enqueue("orders", (End("bye"),), (End("bye"),), (End("bye"),)),)


def _catalogues() -> dict[Locale, dict[str, str]]:
    return {loc: {**parse_catalogue((PLATFORM / f"{loc}.toml").read_text()), **OWN} for loc in LOCALES}


CATALOGUES = _catalogues()


def _journey(*start: object, journey_id: str = "main", **more: object) -> Journey:
    sections = {"start": start, "agent": AGENT, **more}
    return Journey(id=journey_id, on_error=(Goto("agent"),), sections=sections)  # pyright: ignore


def _check(journey: Journey, *others: Journey, texts: dict[Locale, dict[str, str]] = CATALOGUES) -> Report:
    return check(journey.id, {j.id: j for j in (journey, *others)}, WORLD, texts)


def _codes(report: Report) -> set[str]:
    return {problem.code for problem in report.problems}


ASK_NUMBER = Ask("number", "ask", DigitsInput(8, 8), give_up=(Goto("agent"),))


def test_a_journey_whose_every_path_ends_explained_may_be_published():
    find = Invoke("orders.find", into="order", failed=(Goto("agent"),), result=("status",))
    shipped = When(Compare(Var("order.status"), "==", "shipped"), then=(End("bye"),), otherwise=(Goto("agent"),))
    hours = Hours("seoul", closed=(End("bye"),))
    report = _check(_journey(Say("hello"), hours, ASK_NUMBER, find, shipped))
    assert report.lines() == [report.lines()[0]]
    assert report.ok
    assert report.complete
    assert report.states > 5
    assert report.paths > 10


def test_a_path_that_simply_stops_is_refused_with_its_transcript():
    closed = Hours("seoul", closed=(Say("hello"),), open=(End("bye"),))
    report = _check(_journey(closed))
    assert "fell_through" in _codes(report)
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert problem.section == "start"
    assert "       (seoul is closed)" in problem.transcript
    assert "Bot: Hello." in problem.transcript


def test_the_way_to_a_problem_names_the_blocks_entered_on_it():
    report = _check(_journey(Say("hello"), Hours("seoul", closed=(Say("hello"),), open=(End("bye"),))))
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert problem.trail == (f"{problem.journey}#start", f"{problem.journey}#start/1/closed")


def test_a_loop_that_never_waits_is_refused():
    report = _check(_journey(Say("hello"), Goto("again"), again=(Say("hello"), Goto("start"))))
    assert "runaway" in _codes(report)


def test_a_section_nobody_reaches_is_refused():
    report = _check(_journey(End("bye"), forgotten=(End("bye"),)))
    assert [(p.code, p.section) for p in report.problems] == [("unreachable", "forgotten")]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_prompt_missing_in_any_language_is_refused(locale: Locale):
    texts = {loc: dict(catalogue) for loc, catalogue in CATALOGUES.items()}
    del texts[locale]["hello"]
    report = _check(_journey(Say("hello"), End("bye")), texts=texts)
    assert [(p.code, p.text) for p in report.problems] == [
        ("prompt_missing", f"Prompt `hello` has no text in {LANGUAGE_NAMES[locale]['en']}.")
    ]


def test_a_variable_that_only_one_language_reads_before_it_is_set_is_refused():
    texts = {loc: dict(catalogue) for loc, catalogue in CATALOGUES.items()}
    texts["ja"]["bye"] = "{order.total}円です。"
    report = _check(_journey(Say("hello"), End("bye")), texts=texts)
    assert "variable_unset" in _codes(report)


def test_a_variable_set_on_one_path_only_is_refused_on_the_other():
    menu = Menu("ask", (Option("a", "yes", then=(Set("total", 1),)), Option("b", "no")), give_up=(Goto("agent"),))
    report = _check(
        _journey(menu, When(Compare(Var("total"), "==", 1), then=(End("bye"),), otherwise=(End("bye"),)))
    )
    problem = next(p for p in report.problems if p.code == "variable_unset")
    assert "Customer: [b]" in problem.transcript


def test_every_outcome_of_a_backend_is_walked():
    wrong = Invoke(
        "orders.find", into="order", failed=(Say("hello"),), timed_out=(End("bye"),), result=("status",)
    )
    report = _check(
        _journey(wrong, When(Compare(Var("order.status"), "==", "x"), then=(End("bye"),), otherwise=(End("bye"),)))
    )
    problem = next(p for p in report.problems if p.code == "variable_unset")
    assert any("orders.find answers: failed" in line for line in problem.transcript)


def test_a_value_between_two_limits_is_tried():
    ask = Ask("amount", "ask", NumberInput(minimum=0, maximum=500), give_up=(Goto("agent"),))
    low = When(Compare(Var("amount"), "<=", 100), then=(End("bye"),))
    high = When(Compare(Var("amount"), ">=", 300), then=(End("bye"),))
    report = _check(_journey(ask, low, high))
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert "Customer: 200" in problem.transcript


def test_a_queue_with_nobody_staffed_or_full_must_lead_on():
    silent = (Enqueue("orders", (Say("hello"),), (End("bye"),), (End("bye"),)),)
    report = _check(_journey(Say("hello"), Goto("agent"), agent=silent))
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert "       (queue orders is unstaffed)" in problem.transcript


def test_asking_for_an_agent_leads_somewhere_from_everywhere():
    journey = Journey(id="main", on_error=(End("bye"),), sections={"start": (ASK_NUMBER_ENDING, End("bye"))})
    assert "no_agent_section" in _codes(_check(journey))


ASK_NUMBER_ENDING = Ask("number", "ask", DigitsInput(8, 8), give_up=(End("bye"),))


def test_silence_may_not_be_answered_for_ever():
    again = Ask("number", "ask", DigitsInput(8, 8), give_up=(Goto("start"),))
    report = _check(_journey(again, End("bye")))
    assert "endless_silence" in _codes(report)


def test_on_error_itself_must_end_well():
    journey = Journey(id="main", on_error=(Say("hello"),), sections={"start": (End("bye"),), "agent": AGENT})
    assert "fell_through" in _codes(_check(journey))


def test_paths_are_followed_into_modules_and_other_journeys():
    module = Journey(
        id="identify",
        kind="module",
        parameters=("reason",),
        on_error=(Return(),),
        sections={"start": (Ask("name", "ask", TextInput(), give_up=(Return(),)), Return(Var("name")))},
    )
    other = _journey(Say("hello"), journey_id="other")
    main = _journey(CallModule("identify", {"reason": "order"}, into="who"), TransferJourney("other"))
    report = _check(main, module, other)
    assert set(report.journeys) == {"main", "identify", "other"}
    assert ("fell_through", "other") in {(p.code, p.journey) for p in report.problems}


def test_names_that_do_not_exist_are_refused_with_what_to_do():
    unknown = _journey(
        Reason("x"), Hours("paris", closed=(Goto("nowhere"),)), Callback("sales", give_up=(End("bye"),))
    )
    report = _check(unknown)
    assert {"calendar_unknown", "section_unknown", "queue_unknown"} <= _codes(report)
    assert all(problem.fix for problem in report.problems)


def test_a_module_called_without_its_arguments_is_refused():
    module = Journey(
        id="m", kind="module", parameters=("a",), on_error=(Return(),), sections={"start": (Return(),)}
    )
    report = _check(_journey(CallModule("m", {"b": 1}), End("bye")), module)
    assert {"argument_missing", "argument_unknown"} <= _codes(report)


def test_personal_input_that_would_be_kept_in_clear_is_refused():
    report = _check(_journey(Ask("mail", "ask", EmailInput(), give_up=(Goto("agent"),)), End("bye")))
    assert _codes(report) == {"personal_in_clear"}


def test_a_secret_may_not_be_said_or_sent():
    texts = {loc: {**catalogue, "bye": "PIN {pin}"} for loc, catalogue in CATALOGUES.items()}
    secret = Ask("pin", "ask", DigitsInput(4, 4), give_up=(Goto("agent"),), sensitivity="secret")
    send = Invoke("orders.find", into="o", failed=(Goto("agent"),), args={"pin": Var("pin")})
    report = _check(_journey(secret, send, End("bye")), texts=texts)
    leaks = [p.section for p in report.problems if p.code == "secret_leaks"]
    assert leaks.count("start") == 2  # the task's argument and the goodbye
    assert "agent" in leaks


def test_an_order_number_needs_an_example_that_fits():
    ask = Ask("order", "ask", OrderNumberInput(r"ON-\d{8}"), give_up=(Goto("agent"),))
    assert "example_missing" in _codes(_check(_journey(ask, End("bye"))))
    wrong = Ask("order", "ask", OrderNumberInput(r"ON-\d{8}", example="12"), give_up=(Goto("agent"),))
    assert "example_wrong" in _codes(_check(_journey(wrong, End("bye"))))


def test_every_way_a_verification_can_go_is_walked():
    verify = Verify("one_time_code", "A-1", failed=(Goto("agent"),), locked=(Say("hello"),))
    report = _check(_journey(verify, End("bye")))
    assert report.ok, report.lines()  # locked falls through to the end, which is explained
    stuck = Verify("account_pin", "A-1", failed=(Goto("agent"),), locked=())
    assert "fell_through" in _codes(_check(_journey(stuck)))


def test_a_refused_path_can_be_replayed():
    report = _check(_journey(Hours("seoul", closed=(Say("hello"),), open=(End("bye"),))))
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert replay(problem.path) == ["start"]
    assert problem.path[0].world[0] == "seoul is closed"


FIND = Invoke("orders.find", into="order", failed=(Goto("agent"),), result=("status", "total"))
LIMIT = Invoke("orders.find", into="limit", failed=(Goto("agent"),), result=("total",))
STOP: Block = (Say("hello"),)  # and nothing after it


@pytest.mark.parametrize(
    "start",
    [
        (FIND, Set("o", Var("order")), When(Compare(Var("o.status"), "==", "x"), STOP, (End("bye"),))),
        (FIND, LIMIT, When(Compare(Var("order.total"), ">", Var("limit.total")), STOP, (End("bye"),))),
        (FIND, LIMIT, When(Compare(Var("order.total"), "==", Var("limit.total")), (End("bye"),), STOP)),
        (ASK_NUMBER, When(Compare(Var("number"), "==", "12345670"), STOP, (End("bye"),))),
        (
            Ask("born", "ask", DateInput(), give_up=(Goto("agent"),)),
            When(Compare(Var("born"), ">", "2020-01-01"), STOP, (End("bye"),)),
        ),
        (
            Ask("mail", "ask", EmailInput(), sensitivity="pii", give_up=(Goto("agent"),)),
            When(Compare(Var("mail"), "==", "boss@onda.example"), STOP, (End("bye"),)),
        ),
    ],
    ids=["copied record", "more than another", "other than another", "digits", "date", "email"],
)
def test_a_branch_that_only_one_answer_reaches_is_walked(start: Block):
    assert "fell_through" in _codes(_check(_journey(*start)))


def test_a_number_may_be_compared_with_one_a_backend_answers():
    ask = Ask("amount", "ask", NumberInput(0, 100), give_up=(Goto("agent"),))
    decide = When(Compare(Var("amount"), ">", Var("limit.total")), then=(End("bye"),), otherwise=(Goto("agent"),))
    assert _check(_journey(LIMIT, ask, decide)).ok


def test_a_backend_may_not_be_asked_again_and_again_for_ever():
    again = Invoke("orders.find", into="order", failed=(Say("hello"), Goto("start")))
    assert _codes(_check(_journey(again, End("bye")))) == {"endless_silence"}
    ask = Ask("number", "ask", TextInput(), attempts=1, give_up=(again,))
    assert _codes(_check(_journey(ask, End("bye")))) == {"endless_silence"}


def test_an_endless_loop_is_refused_quickly_even_if_every_round_asks_the_queue():
    around = (Enqueue("orders", (Goto("b"),), (End("bye"),), (End("bye"),)),)
    report = _check(_journey(Goto("agent"), agent=around, b=(Say("hello"), Goto("agent"))))
    assert "runaway" in _codes(report)
    assert report.transitions < 100


@pytest.mark.parametrize(
    ("locale", "bot", "closed"), [("ko", "봇: 안녕", "운영 종료"), ("ja", "ボット: どうも", "営業時間外")]
)
def test_a_refusal_is_told_in_the_language_of_who_reads_it(locale: Locale, bot: str, closed: str):
    texts = {
        **CATALOGUES,
        "ko": {**CATALOGUES["ko"], "hello": "안녕"},
        "ja": {**CATALOGUES["ja"], "hello": "どうも"},
    }
    journey = _journey(ASK_NUMBER, Hours("seoul", closed=(Say("hello"),), open=(End("bye"),)))
    report = check("main", {"main": journey}, WORLD, texts, locale=locale)
    problem = next(p for p in report.problems if p.code == "fell_through")
    assert problem.text == SENTENCES["fell_through"][locale][0]
    assert bot in problem.transcript
    assert any(closed in line for line in problem.transcript)
    assert report.lines()[0].startswith("main: ")
    assert "problem(s)" not in report.lines()[0]


def test_a_customer_in_a_transcript_asks_for_a_person_in_their_own_words():
    journey = Journey(id="main", on_error=(End("bye"),), sections={"start": (ASK_NUMBER_ENDING, End("bye"))})
    stuck = Journey(id="main", on_error=(End("bye"),), sections={**journey.sections, "agent": (Say("hello"),)})
    report = check("main", {"main": stuck}, WORLD, CATALOGUES, locale="ko")
    problem = next(p for p in report.problems if p.code == "fell_through" and p.section == "agent")
    assert "고객: 상담원" in problem.transcript


def test_a_fault_on_the_way_to_a_place_known_from_elsewhere_is_still_told():
    known = _journey(
        Hours("seoul", closed=(Goto("b"),)), Goto("agent"), b=(Set("a", Var("nothing")), Goto("agent"))
    )
    assert "variable_unset" in _codes(_check(known))


def test_a_call_at_a_chosen_time_is_walked_through_every_answer():
    asking = Callback("orders", give_up=(End("bye"),), ask_time=True, calendar="seoul")
    assert _codes(_check(_journey(Reason("x"), asking))) == set()
    nowhere = Callback("orders", give_up=(End("bye"),), ask_time=True, calendar="paris")
    assert "calendar_unknown" in _codes(_check(_journey(Reason("x"), nowhere)))
    silent = {loc: {**texts, "callback.ask_time": ""} for loc, texts in CATALOGUES.items()}
    assert "prompt_blank" in _codes(_check(_journey(Reason("x"), asking), texts=silent))
    given = Callback("orders", give_up=(End("bye"),), at=Var("never.set"))
    assert _codes(_check(_journey(Reason("x"), given))) == set(), "an unknown time is no time"
