"""Whatever is sent to help pages, in whatever order, is answered with a page, and never with a failure of ours."""

from random import Random

import pytest
from tests.features.help.conftest import Company, Reader, read

PLACES = (
    "/help/{l}/returns", "/help/{l}/returns/feedback", "/help/{l}/returns/talk", "/help/{l}/sizes",
    "/help/{l}/front", "/help/{l}/%00", "/help/{l}/" + "x" * 300,
)  # fmt: skip
READ = ("/help/{l}", "/help/{l}/returns", "/help/{l}/returns/list.txt", "/help/{l}/sizes", "/help/xx/returns")
NOISE = (
    "",
    "yes",
    "no",
    "go",
    "again",
    "next",
    "broken",
    "2026-11-20",
    "7",
    "\x00",
    "가" * 300,
    "{x}",
    "<b>",
    "%",
    "-",
)
NAMES = (
    "at",
    "button",
    "helped",
    "f.kg",
    "f.why",
    "f.since",
    "f.note",
    "f.",
    "p.order",
    "q",
    "key",
    "embed",
    "talk",
)


@pytest.mark.parametrize("seed", range(6))
async def test_random_posts_and_addresses_never_fail(reader: Reader, company: Company, seed: int) -> None:
    chance = Random(seed)
    tokens = [""]
    for _ in range(60):
        locale = chance.choice(("ko", "ja", "en"))
        given = {chance.choice(NAMES): chance.choice(NOISE) for _ in range(chance.randrange(5))}
        if chance.random() < 0.8:
            token = chance.choice(tokens)
            cut = chance.randrange(len(token) + 1) if chance.random() < 0.2 else len(token)
            given["at"] = token[:cut]
        if chance.random() < 0.6:
            address = chance.choice(PLACES).format(l=locale)
            body = bytes(chance.randrange(256) for _ in range(40)) if chance.random() < 0.1 else None
            answer = await reader.post(address, data=given if body is None else None, content=body)
        else:
            answer = await reader.get(chance.choice(READ).format(l=locale), params=given)
        assert answer.status_code in (200, 404, 422, 429), (answer.request.url, given, answer.text)
        if answer.headers["content-type"].startswith("text/html"):
            shown = read(answer)
            assert shown.headings[0][0] == 1
            tokens += [str(form["fields"]["at"]) for form in shown.forms if "at" in form["fields"]]  # pyright: ignore[reportIndexIssue, reportOperatorIssue, reportUnknownArgumentType, reportUnknownMemberType]
    assert company.failures == []
    assert len(tokens) > 10
