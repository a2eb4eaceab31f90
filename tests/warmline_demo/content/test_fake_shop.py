"""The fake shop of journey tests answers in the shapes of the real one."""

from warmline_demo.content.fake_shop import ANSWERS, WELL, order, proved, quote
from warmline_demo.content.shop import task_specs


def test_what_the_fake_shop_answers_the_real_one_could():
    fields = {name: spec.fields for name, spec in task_specs().items()}
    for answers in (WELL, ANSWERS):
        for task, given in answers.items():
            for answer in given:
                if not task.startswith(("identity.", "messages.")) and answer.outcome == "ok":
                    assert set(answer.result) <= set(fields[task]), task


def test_changes_are_told_on_top_of_the_usual():
    assert order(status="delivered").result["status"] == "delivered"
    assert quote("over_limit").result["verdict"] == "over_limit"
    assert proved(0, 0, locked=True).result == {"level": 0, "customer_ref": None, "tries_left": 0, "locked": True}
