"""What `warmline journey check | test | draw | run` reads: the demo's journeys, texts and fake surroundings."""

from warmline_demo.content.catalogue import JOURNEYS, all_demo_prompts
from warmline_demo.content.company import calendars, queues
from warmline_demo.content.fake_shop import ANSWERS
from warmline_demo.content.scripts import TESTS
from warmline_demo.content.shop import task_results

__all__ = ["ANSWERS", "CALENDARS", "JOURNEYS", "PROMPTS", "QUEUES", "TASKS", "TESTS"]

PROMPTS = all_demo_prompts()
TASKS = task_results()
QUEUES = tuple(str(queue["id"]) for queue in queues())
CALENDARS = tuple(str(calendar["id"]) for calendar in calendars())
