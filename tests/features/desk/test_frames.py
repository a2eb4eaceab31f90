"""A desk's frames keep the bounds that the same commands have over HTTP."""

import msgspec
import pytest

from warmline.features.desk.frames import DECODER, ENCODER

CONTACT = "00000000-0000-0000-0000-000000000001"


def _cmd(cid: str = "c", **c: object) -> dict[str, object]:
    return {"t": "cmd", "cid": cid, "contact": CONTACT, "c": c}


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        (_cmd(cid="a\x00b", kind="hold"), "cid"),
        (_cmd(cid="", kind="hold"), "cid"),
        (_cmd(kind="finish_wrap_up", disposition="so\x00lved"), "c.disposition"),
        (_cmd(kind="finish_wrap_up", disposition=""), "c.disposition"),
        (_cmd(kind="finish_wrap_up", disposition="solved", summary="s" * 4001), "c.summary"),
        (_cmd(kind="transfer", queue_id="orders", note="n" * 4001), "c.note"),
        (_cmd(kind="reassign", queue_id="q" * 101), "c.queue_id"),
        ({"t": "watch", "contact": CONTACT, "seq": 10**18}, "seq"),
        ({"t": "read", "contact": CONTACT, "seq": -1}, "seq"),
        ({"t": "hello", "v": 1, "contacts": {CONTACT: -1}}, r"contacts\[...\]"),
        ({"t": "presence", "cid": "", "presence": "away"}, "cid"),
    ],
)
def test_a_field_out_of_bounds_is_named(frame: dict[str, object], field: str):
    with pytest.raises(msgspec.ValidationError, match=rf"\$\.{field}"):
        DECODER.decode(ENCODER.encode(frame))


def test_ordinary_commands_are_read():
    assert DECODER.decode(ENCODER.encode(_cmd(kind="transfer", queue_id="orders", note="단골 고객")))
