"""A Replaces value names a call that runs, by its Call-ID and both tags; its line may send another telephone."""

from tests.voice.conftest import OpenHouse
from tests.voice.test_admission import asked
from tests.voice.test_call import talking

from warmline.voice.call import VoiceCall
from warmline.voice.replaced import call_named, line_replaced


async def test_a_running_call_is_named_by_its_ids_and_by_nothing_else(house: OpenHouse):
    _, there, call = await talking(house)
    theirs = there.desk.calls[0].call
    assert isinstance(call, VoiceCall)
    assert isinstance(theirs, VoiceCall)
    call_id, ours, other = call.session.core.dialog.id  # type: ignore[union-attr]
    by_tag = {tag: theirs for tag in theirs.tags}

    assert call_named(f"{call_id};to-tag={other};from-tag={ours}", by_tag) is theirs
    assert call_named(f"{call_id};to-tag={other};from-tag=guessed", by_tag) is None
    assert call_named(f"guessed;to-tag={other};from-tag={ours}", by_tag) is None
    assert call_named("nothing at all", by_tag) is None

    invite = asked("INVITE")
    assert line_replaced(invite, by_tag) is None
    invite.headers.set("Replaces", f"{call_id};to-tag={other};from-tag={ours}")
    assert theirs.trunk_id is not None
    assert line_replaced(invite, by_tag) == theirs.trunk_id
    await call.hang_up()
    await theirs.hang_up()
    assert call_named(f"{call_id};to-tag={other};from-tag={ours}", by_tag) is None
