"""Codes arrive on the fake phone, in the customer's language, once."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shop_line import KEY, shop_line
from warmline.connectors.http.connector import HttpConnector
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import ContactPoint
from warmline_demo.commerce.store import Store
from warmline_demo.content.phone import DemoPhones
from warmline_demo.content.shop import shop_config


async def test_a_code_reaches_the_phone_in_its_owners_language_and_only_for_this_tenant(tmp_path: Path):
    store = Store(tmp_path / "shop.sqlite3")
    async with shop_line(store) as out:
        shop = HttpConnector(shop_config("onda", "http://shop", KEY), out, lambda: datetime.now(UTC))
        phones = DemoPhones(shop)
        assert [phones.serves(tenant_id) for tenant_id in ("onda", "rival")] == [True, False]
        yuki = ContactPoint("yuki", "phone", "+819010000000", "ja")
        await phones.send_code("onda", yuki, "012345", 600)
        await phones.send_code("onda", yuki, "012345", 600)
        with pytest.raises(ProviderFailed):
            await phones.send_code("rival", yuki, "999999", 600)
    texts = [str(message["text"]) for message in store.messages("+819010000000")]
    assert len(texts) == 1
    assert re.findall(r"\d{6}", texts[0]) == ["012345"]
    assert "認証コード" in texts[0]
    store.close()
