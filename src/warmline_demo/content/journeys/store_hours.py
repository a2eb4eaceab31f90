"""When are the stores open? Today's state by the calendar, and the usual hours."""

from warmline.domain.journey.document import Goto, Hours, Journey, Menu, Option, Reason, Say
from warmline_demo.content.journeys.blocks import OPENING, SORRY, more_section, person_sections


def _store(name: str) -> tuple[Hours | Say | Goto, ...]:
    return (
        Hours(
            name,
            open=(Say(f"stores.{name}_open"),),
            closed=(Say(f"stores.{name}_closed"),),
            holiday=(Say(f"stores.{name}_holiday"),),
            emergency=(Say(f"stores.{name}_emergency"),),
        ),
        Say(f"stores.{name}_hours"),
        Goto("more"),
    )


STORE_HOURS = Journey(
    id="store-hours",
    title="stores.title",
    on_error=SORRY,
    sections={
        "start": (
            *OPENING,
            Reason("store_hours"),
            Menu(
                "stores.which",
                options=(
                    Option("seoul", "stores.seoul", "stores.words.seoul", then=_store("seoul")),
                    Option("tokyo", "stores.tokyo", "stores.words.tokyo", then=_store("tokyo")),
                ),
                give_up=(Say("front.give_up"), Goto("agent")),
            ),
        ),
        "more": more_section(),
        **person_sections("general"),
    },
)
