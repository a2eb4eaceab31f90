"""The token in a page's address: sealed, of one company and page, and good for some hours."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warmline.features.help.token import LONGEST, STALE, TOO_LONG, VALID, seal, unseal
from warmline.features.help.walk import Answer, Way, fresh
from warmline.kernel.errors import Refused
from warmline.runtime.database import Database
from warmline.runtime.keyring import Keyring

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WAY = fresh("a" * 16, "returns", 3, "ko", {"order": "ON-26113407"}, "why")


async def test_a_way_comes_back_as_it_went_and_nobody_can_read_it_on_the_road(keyring: Keyring) -> None:
    token = await seal(keyring, "onda", WAY, NOW)
    assert await unseal(keyring, "onda", token, "returns", NOW + VALID) == WAY
    assert "26113407" not in token
    assert token != await seal(keyring, "onda", WAY, NOW)


@pytest.mark.parametrize(
    ("tenant_id", "slug", "later"),
    [
        ("rival", "returns", timedelta()),
        ("onda", "sizes", timedelta()),
        ("onda", "returns", VALID + timedelta(seconds=1)),
    ],
)
async def test_it_opens_nothing_for_another_company_on_another_page_or_too_late(
    keyring: Keyring, tenant_id: str, slug: str, later: timedelta
) -> None:
    token = await seal(keyring, "onda", WAY, NOW)
    with pytest.raises(Refused) as refused:
        await unseal(keyring, tenant_id, token, slug, NOW + later)
    assert refused.value.code == STALE


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.integers(0, 200))
async def test_a_token_that_was_written_or_changed_by_hand_is_stale_and_nothing_worse(
    keyring: Keyring, text: str, at: int
) -> None:
    token = await seal(keyring, "onda", WAY, NOW)
    changed = (
        token[: at % len(token)] + ("A" if token[at % len(token)] != "A" else "B") + token[at % len(token) + 1 :]
    )
    for hostile in (text, changed if at % len(token) < len(token) - 1 else text, token + text + "!"):
        with pytest.raises(Refused) as refused:
            await unseal(keyring, "onda", hostile, "returns", NOW)
        assert refused.value.code == STALE


async def test_what_would_not_fit_into_an_address_is_refused(keyring: Keyring) -> None:
    noise = "".join(chr(0x4E00 + (n * 7919) % 20_000) for n in range(LONGEST))
    with pytest.raises(Refused) as refused:
        await seal(keyring, "onda", Way("b", "returns", 1, WAY.session, answers=(Answer("", noise),)), NOW)
    assert refused.value.code == TOO_LONG


async def test_a_token_is_read_after_the_companys_keys_were_wrapped_anew(
    keyring: Keyring, database: Database
) -> None:
    token = await seal(keyring, "onda", WAY, NOW)
    await keyring.rotate("onda")
    keyring.clear()
    assert await unseal(keyring, "onda", token, "returns", NOW) == WAY
