"""Companies are apart from each other from their first moment."""

from warmline.features.admin.tenants import Tenants
from warmline.features.security import audit
from warmline.features.security.audit import Actor
from warmline.runtime.database import Database


async def test_a_company_begins_with_its_own_audit_log(database: Database):
    tenants = Tenants(database)
    await tenants.create(Actor("command line"), "haru", " Haru ", "ko", "Asia/Seoul")
    assert ("haru", "Haru", "Asia/Seoul") in await tenants.all()
    async with database.tenant("haru") as conn:
        lines = await audit.page(conn, "haru", None, 10)
        chain = await audit.verify(conn, "haru")
    assert [(line.action, line.actor) for line in lines] == [("tenant.created", "command line")]
    assert chain.intact
