"""What `warmline journey check | test | draw | run` reads: the demo's journeys, texts and fake surroundings."""

from warmline_demo.content.catalogue import JOURNEYS, all_demo_prompts
from warmline_demo.content.company import SKILLS as NAMED_SKILLS
from warmline_demo.content.company import calendars, queues
from warmline_demo.content.fake_shop import ANSWERS
from warmline_demo.content.scripts import TESTS
from warmline_demo.content.shop import task_specs
from warmline_demo.content.team import MEMBERS

__all__ = ["ANSWERS", "CALENDARS", "JOURNEYS", "PROMPTS", "QUEUES", "SKILLS", "TASKS", "TESTS"]

PROMPTS = all_demo_prompts()
TASKS = task_specs()
QUEUES = tuple(str(queue["id"]) for queue in queues())
SKILLS = {skill: max(member.skills.get(skill, 0) for member in MEMBERS) for skill, _ in NAMED_SKILLS}
CALENDARS = tuple(str(calendar["id"]) for calendar in calendars())
