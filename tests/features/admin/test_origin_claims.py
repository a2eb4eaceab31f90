"""A website belongs to the company that listed it first: another one cannot take its help pages away."""

from typing import Any

import pytest

from warmline.features.admin.origin_claims import ORIGIN_ELSEWHERE, check_unclaimed, host
from warmline.features.admin.resources import WIDGETS
from warmline.features.admin.schemas import WidgetChange, WidgetNew
from warmline.features.admin.service import Settings
from warmline.features.security.audit import Actor
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database

ADMIN = Actor("Admin")
TEXTS = {"ko": "가게", "ja": "店", "en": "Shop"}


def widget(*origins: str, key: str = "chat") -> WidgetNew:
    return WidgetNew.model_validate(
        {"key": key, "name": TEXTS, "greeting": TEXTS, "origins": list(origins), "journey_id": "desk"}
    )


@pytest.fixture
async def settings(database: Database) -> Settings:
    """Two companies with a journey each; Onda has its shop on its own site."""

    async def nobody(tenant_id: str, name: str, payload: str) -> None: ...

    for tenant_id in ("onda", "rival"):
        async with database.tenant(tenant_id) as conn:
            await conn.execute(
                "INSERT INTO journey (tenant_id, id, version, document, published_at)"
                " VALUES ($1, 'desk', 1, '{}', now())",
                tenant_id,
            )
    made = Settings(database, nobody)
    await made.create("onda", ADMIN, WIDGETS, widget("https://shop.onda.example"))
    return made


@pytest.mark.parametrize("listed", ["https://shop.onda.example", "http://shop.onda.example"])
async def test_a_rival_cannot_list_the_site_of_another_company(settings: Settings, listed: str):
    with pytest.raises(Refused) as refusal:
        await settings.create("rival", ADMIN, WIDGETS, widget("https://rival.example", listed))
    assert (refusal.value.code, refusal.value.details["origin"]) == (ORIGIN_ELSEWHERE, listed)
    assert "tenant" not in str(refusal.value.details)
    assert await settings.all("rival", WIDGETS) == []


async def test_nor_by_changing_a_widget_it_has(settings: Settings):
    row = await settings.create("rival", ADMIN, WIDGETS, widget("https://rival.example"))
    wanted: dict[str, Any] = widget("https://shop.onda.example").model_dump(exclude={"key"})
    change = WidgetChange.model_validate({**wanted, "version": row["version"]})
    with pytest.raises(Refused):
        await settings.change("rival", ADMIN, WIDGETS, "chat", change)


async def test_a_company_lists_its_own_site_in_as_many_widgets_as_it_likes(settings: Settings):
    await settings.create("onda", ADMIN, WIDGETS, widget("http://shop.onda.example", key="second"))
    assert len(await settings.all("onda", WIDGETS)) == 2


async def test_pages_on_one_s_own_machine_are_nobody_s(settings: Settings):
    for tenant_id in ("onda", "rival"):
        await settings.create(
            tenant_id, ADMIN, WIDGETS, widget("http://localhost:3000", "http://127.0.0.1:8000", key="local")
        )
    assert len(await settings.all("rival", WIDGETS)) == 1


async def test_what_two_companies_listed_before_stays_editable_for_both(settings: Settings, database: Database):
    async with database.tenant("rival") as conn:
        await conn.execute(
            "INSERT INTO widget (tenant_id, key, name, greeting, origins, journey_id)"
            " VALUES ('rival', 'old', $1, $1, '{https://shop.onda.example}', 'desk')",
            TEXTS,
        )
    values = widget("https://shop.onda.example").model_dump()
    await check_unclaimed(database, "rival", "widget", values)
    assert {row["key"] for row in await settings.all("rival", WIDGETS)} == {"old"}
    await settings.create("onda", ADMIN, WIDGETS, widget("https://www.onda.example", key="www"))
    values = widget("https://shop.onda.example", "https://www.onda.example").model_dump()
    with pytest.raises(Refused):
        await check_unclaimed(database, "rival", "widget", values)


async def test_only_widgets_name_sites(database: Database):
    await check_unclaimed(database, "rival", "queue", {})
    assert host("https://Shop.example:8443") == "shop.example:8443"
