"""The rooms of contacts, put together."""

from house import House


async def test_the_rooms_know_every_tenant_before_the_door_opens(house: House):
    assert house.rooms.facts.widget("onda") is not None
    assert house.rooms.task_lane().name == "task"
    assert await house.rooms.task_runner({}).handle([]) is None
