"""A link to go on in writing."""

from collections.abc import Callable
from typing import Any

import pytest

from warmline.domain.journey.document import End, Journey, SendLink, Set, Var

Talk = Callable[..., Any]
LINK = Journey(
    "l",
    (End("sorry"),),
    {
        "start": (
            Set("phone", "+821012345678"),
            SendLink(Var("phone"), sent=(End("on_its_way"),), failed=(End("cannot"),)),
        )
    },
)


@pytest.mark.parametrize(
    ("outcome", "result", "said"),
    [
        ("ok", {"sent": True}, "[on_its_way]"),
        ("ok", {"sent": False}, "[cannot]"),
        ("failed", {}, "[cannot]"),
        ("timed_out", {}, "[cannot]"),
    ],
)
def test_the_link_is_sent_or_the_caller_hears_that_it_cannot_be(
    talk: Talk, outcome: str, result: dict[str, object], said: str
) -> None:
    caller = talk(LINK, channel="voice", locale="ja")
    caller.start()
    task = caller.tasks[0]
    assert (task.task, task.args) == (
        "messages.send_link",
        {"to": "+821012345678", "link": "chat", "locale": "ja"},
    )
    assert caller.task(outcome, **result) == [said]


def test_an_answer_that_never_comes_counts_as_not_sent(talk: Talk) -> None:
    caller = talk(LINK, channel="voice")
    caller.start()
    assert caller.silence("journey.task") == ["[cannot]"]
