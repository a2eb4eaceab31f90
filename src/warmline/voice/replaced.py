"""Which running call a Replaces value names (RFC 3891), before and after it is known who says so."""

from collections.abc import Mapping

from warmline.sip.message import Request
from warmline.voice.call import VoiceCall
from warmline.voice.incoming import replaced_of


def call_named(value: str, by_tag: Mapping[str, VoiceCall]) -> VoiceCall | None:
    """Return the call, of whichever company; None for one that is over or was never here, or a malformed value."""
    named = replaced_of(value)
    if named is None:
        return None
    for ours, theirs in ((named[1], named[2]), (named[2], named[1])):
        call = by_tag.get(ours)
        if call is None or call.end is not None:
            continue
        dialog = call.session.core.dialog
        if dialog is not None and dialog.id == (named[0], ours, theirs):
            return call
    return None


def line_replaced(request: Request, by_tag: Mapping[str, VoiceCall]) -> str | None:
    """Return the line of the call whose place an INVITE wants; it is dialled at our Contact, not at a number."""
    value = request.headers.get("Replaces")
    call = call_named(value, by_tag) if value else None
    return call.trunk_id if call is not None else None
