"""The endpoint against sipp: calls as carriers make them."""

from pathlib import Path

from tests.voice.conftest import OpenHouse, carrier, sipp


async def test_a_carriers_call_is_answered_and_ends_when_the_caller_hangs_up(house: OpenHouse, tmp_path: Path):
    here = await house((carrier(),))

    code, out = await sipp("uac.xml", f"127.0.0.1:{here.port()}", tmp_path)

    assert code == 0, out
    told = here.desk.calls[0]
    assert (told.caller.number, told.caller.name, told.called) == ("+82212345678", "Kim", "+8215880000")
    assert (told.trunk, told.tenant_id, told.headers) == ("carrier", "onda", {"X-Shop": "17"})
    assert "m=audio" in (told.offer or "")
    await here.quiet()
    assert [(end.by, end.cause) for end in here.desk.ends] == [("them", 16)]
