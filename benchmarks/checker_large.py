"""A journey of some 300 steps with five modules, for timing the checker: matters, backends, proofs, calls back."""

from collections.abc import Mapping

from msgspec import Struct

from warmline.domain.journey.checker_static import World
from warmline.domain.journey.document import (
    Announce,
    Ask,
    Block,
    Callback,
    CallModule,
    Compare,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    Option,
    Reason,
    Return,
    Say,
    Set,
    Var,
    Verify,
    When,
)
from warmline.domain.journey.tasks import TaskSpec
from warmline.domain.journey.walk import steps_of
from warmline.features.contacts.settings_store import platform_prompts
from warmline.kernel.locale import LOCALES, Locale

MATTERS, MODULES = 16, 5
QUEUES = ("orders", "refunds", "general")
STATUSES = ("open", "sent", "lost")


class Large(Struct, frozen=True):
    """What the checker needs for one journey."""

    library: Mapping[str, Journey]
    world: World
    prompts: Mapping[Locale, Mapping[str, str]]


def _module(number: int) -> Journey:
    """A module that looks somebody up, proves them, and returns what it found."""
    given_up: Block = (Say("sorry"), Return(""))
    method = ("one_time_code", "account_pin", "date_of_birth")[number % 3]
    return Journey(
        id=f"module-{number}",
        kind="module",
        parameters=("subject",),
        on_error=given_up,
        sections={
            "start": (
                Invoke("find", "found", given_up, {"subject": Var("subject")}, ("status", "name"), retries=1),
                When(Compare(Var("found.status"), "==", "lost"), then=given_up),
                Verify(method, Var("subject"), given_up, given_up, unavailable=given_up),
                Ask("digits", "ask", DigitsInput(4, 8), give_up=given_up),
                When(Compare(Var("digits"), "==", "0000"), then=(Say("sorry"), Goto("again")), otherwise=()),
                Return(Var("found.status")),
            ),
            "again": (
                Menu("which", (Option("yes", "yes"), Option("no", "no", then=given_up)), given_up),
                Return(""),
            ),
        },
    )


def _matter(number: int) -> dict[str, Block]:
    """One of the matters customers come with: hours, a module, a backend, its answers, and what comes of them."""
    people, more = Goto("agent"), Goto("more")
    told = [
        When(Compare(Var("order.status"), "==", status), then=(Say("told"), Set("kind", status), more))
        for status in STATUSES
    ]
    return {
        f"matter-{number}": (
            Reason(f"matter_{number}"),
            Hours("always", closed=(Say("sorry"), Goto("later"))),
            Ask("number", "ask", DigitsInput(6, 8), give_up=(people,)),
            CallModule(f"module-{number % MODULES}", {"subject": Var("number")}, into="who"),
            When(Compare(Var("who"), "==", ""), then=(people,)),
            Invoke(
                "find", "order", (Say("sorry"), people), {"subject": Var("number")}, ("status", "name"), retries=1
            ),
            *told,
            people,
        )
    }


def _large() -> Large:
    matters = [Option(f"m{n}", "label", then=(Goto(f"matter-{n}"),)) for n in range(MATTERS)]
    half = len(matters) // 2
    again = Option("yes", "yes", then=(Goto("start"),))
    waits = Enqueue(
        "general", (Say("sorry"), Goto("later")), (Say("sorry"), Goto("later")), (Goto("later"),),
        callback_after_s=60, callback=(Goto("later"),),
    )  # fmt: skip
    sections: dict[str, Block] = {
        "start": (
            Announce("emergency"),
            Say("told"),
            Menu(
                "which", (*matters[: half - 1], Option("more", "label", then=(Goto("others"),))), (Goto("agent"),)
            ),
        ),
        "others": (Menu("which", tuple(matters[half - 1 :]), (Goto("agent"),)),),
        "agent": (Hours("always", closed=(Say("sorry"), Goto("later"))), waits),
        "later": (Callback("general", (End("bye", "message_taken"),), ask_time=True, calendar="always"),),
        "more": (Menu("which", (again, Option("no", "no")), (End("bye"),)), End("bye")),
    }
    for n in range(MATTERS):
        sections |= _matter(n)
    library = {"large": Journey("large", (Say("sorry"), Goto("agent")), sections)}
    library |= {f"module-{n}": _module(n) for n in range(MODULES)}
    words = dict.fromkeys(("ask", "which", "label", "sorry", "told", "yes", "no", "bye"), "…")
    texts: dict[Locale, dict[str, str]] = {
        locale: {**platform_prompts()[locale], **{key: f"{key}." for key in words}, "told@spoken": "told."}
        for locale in LOCALES
    }
    return Large(library, World(frozenset(QUEUES), frozenset({"always"}), {"find": TaskSpec()}), texts)


def steps_in(library: Mapping[str, Journey]) -> int:
    """Return how many steps all journeys have together."""
    return sum(1 for journey in library.values() for _ in steps_of(journey))


LARGE = _large()
