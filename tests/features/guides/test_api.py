"""Guides over HTTP."""

from uuid import UUID

from tests.features.conftest import SignedIn

from warmline.features.guides.api import guides_router
from warmline.features.guides.service import Guides


async def test_an_agent_begins_a_guide_fills_in_a_card_goes_back_and_puts_it_away(
    guides: Guides, contact: UUID, browser: SignedIn
):
    client = await browser([guides_router(guides)], "agent")
    at = f"/api/contacts/{contact}/guides"
    listed = (await client.get(at)).json()
    assert [(one["journey_id"], one["suggested"]) for one in listed["offered"]] == [
        ("guide-refund", True),
        ("guide-other", False),
    ]
    begun = (await client.post(at, json={"journey_id": "guide-refund"})).json()
    assert (begun["revision"], begun["card_title"], begun["fields"][0]["value"]) == (1, "details (en)", "4711")
    assert begun["fields"][0]["group"] == "read (en)", "where it folds under a heading"
    assert begun["buttons"] == [{"value": "next", "label": "Continue"}]
    own = f"{at}/{begun['id']}"
    step = {"revision": 1, "button": "next", "fields": {"number": "4711"}}
    second = (await client.post(f"{own}/answer", json=step)).json()
    assert (second["card_title"], second["may_go_back"]) == ("amount (en)", True)
    assert second["filled"] == [{"label": "order (en)", "entry": "4711"}]
    again = await client.post(f"{own}/answer", json=step)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "guides.newer")
    back = (await client.post(f"{own}/back", json={"revision": 2})).json()
    assert (back["card_title"], back["may_go_back"]) == ("details (en)", False)
    closed = (await client.post(f"{own}/close", json={"revision": 3})).json()
    assert (closed["outcome"], closed["fields"], closed["buttons"]) == ("closed", [], [])
    assert (await client.get(at)).json()["begun"][0]["outcome"] == "closed"


async def test_another_company_sees_nothing_of_it(guides: Guides, contact: UUID, browser: SignedIn):
    client = await browser([guides_router(guides)], "agent", "rival")
    answer = await client.post(f"/api/contacts/{contact}/guides", json={"journey_id": "guide-refund"})
    assert answer.status_code == 404


async def test_a_guide_speaks_the_language_of_the_agents_screen(guides: Guides, contact: UUID, browser: SignedIn):
    client = await browser([guides_router(guides)], "agent")
    at = f"/api/contacts/{contact}/guides"
    begun = (await client.post(at, params={"locale": "ko"}, json={"journey_id": "guide-refund"})).json()
    assert (begun["title"], begun["card_title"]) == ("title (ko)", "details (ko)")
    (seen,) = (await client.get(at, params={"locale": "ja"})).json()["begun"]
    assert (seen["title"], seen["card_title"], seen["fields"][0]["value"]) == (
        "title (ja)",
        "details (ja)",
        "4711",
    )
    assert (await client.get(at, params={"locale": "xx"})).status_code == 422
