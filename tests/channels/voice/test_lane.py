"""What a call tells its contact: in order, each until it is written."""

from warmline.channels.voice.lane import AGAIN_S, WAITING_AT_MOST, Lane
from warmline.domain.contact.commands import AnyCommand, CustomerMessage
from warmline.kernel.errors import NOT_ALLOWED, Refused
from warmline.kernel.tasks import TaskRegistry


async def test_commands_keep_their_order_through_an_outage_and_a_refusal():
    written: list[str] = []
    failures: list[BaseException] = [ConnectionError("away"), Refused(NOT_ALLOWED)]

    async def give(command: AnyCommand) -> None:
        assert isinstance(command, CustomerMessage)
        if command.client_id == "b" and failures:
            raise failures.pop(0)
        written.append(command.client_id)

    lane, tasks = Lane(), TaskRegistry(lambda name, failure: None)
    for key in "abc":
        lane.put(CustomerMessage(key))
    tasks.spawn("lane", lane.run(give))
    await lane.done()
    await tasks.close()
    assert written == ["a", "c"], "a refused command is not tried again"
    assert AGAIN_S < 1


async def test_an_endless_outage_does_not_fill_the_memory():
    lane = Lane()
    for number in range(WAITING_AT_MOST + 50):
        lane.put(CustomerMessage(str(number)))
    assert len(lane._waiting) == WAITING_AT_MOST
