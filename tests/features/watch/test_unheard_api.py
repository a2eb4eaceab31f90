"""A designer reads over HTTP what was not understood; an agent does not."""

from datetime import UTC, datetime, timedelta

from tests.features.conftest import SignedIn
from tests.features.watch.conftest import Town

from warmline.features.watch.unheard_api import router
from warmline.runtime.keyring import Keyring

NOW = datetime.now(UTC).date()
RANGE = {"from": str(NOW - timedelta(days=1)), "to": str(NOW + timedelta(days=1))}


async def test_a_designer_reads_what_a_menu_did_not_understand(browser: SignedIn, town: Town, keyring: Keyring):
    await town.say((await town.open()).id, "선물 포장")
    routes = [router(town.database, keyring)]
    designer = await browser(routes, "designer")
    told = (await designer.get("/api/watch/unheard", params=RANGE | {"journey": "front"})).json()
    assert told["kept_days"] == 90
    (step,) = told["steps"]
    assert (step["path"], step["prompt"], step["no_match"]) == ("start/1", "w.menu", 1)
    (phrase,) = step["phrases"]
    assert (phrase["text"], phrase["locale"], phrase["times"]) == ("선물 포장", "ko", 1)
    assert "contact_id" not in str(told), "nobody can be found from here"
    other = (await designer.get("/api/watch/unheard", params=RANGE | {"journey": "returns"})).json()
    assert other["steps"] == []
    wrong = await designer.get("/api/watch/unheard", params={"from": RANGE["to"], "to": RANGE["from"]})
    assert wrong.status_code == 422
    assert (await designer.get("/api/watch/unheard", params=RANGE | {"reason": "No!"})).status_code == 422


async def test_an_agent_does_not_read_what_other_people_s_customers_said(
    browser: SignedIn, town: Town, keyring: Keyring
):
    routes = [router(town.database, keyring)]
    assert (await (await browser(routes, "agent")).get("/api/watch/unheard", params=RANGE)).status_code == 403
    rival = await (await browser(routes, "supervisor")).get("/api/watch/unheard", params=RANGE)
    assert rival.status_code == 200
