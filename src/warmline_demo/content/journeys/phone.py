"""The telephone's front: greeting, language, the reason of the call, people, a message when nobody is there."""

from warmline.domain.journey.document import (
    Announce,
    Block,
    Callback,
    Compare,
    End,
    Enqueue,
    Goto,
    Hours,
    Journey,
    Menu,
    Option,
    Reason,
    Say,
    SendLink,
    Set,
    Var,
    Voicemail,
    When,
)
from warmline_demo.content.journeys.blocks import EVERYBODY, OPENING, SORRY
from warmline_demo.content.journeys.front_desk import choice

_LANGUAGES = ("ko", "ja", "en")


def _language(name: str) -> Option:
    return Option(name, f"phone.{name}", f"common.words.{name}", then=(Set("language", name), Goto("menu")))


def _nobody(words: str) -> Block:
    return (Say(words), Goto("voicemail"))


PHONE = Journey(
    id="phone",
    title="phone.title",
    parameters=("caller_number",),
    pii=("caller_number",),
    on_error=SORRY,
    sections={
        "start": (
            Announce("emergency"),
            Say("phone.greeting"),
            *OPENING,
            Menu(
                "phone.language",
                options=tuple(_language(name) for name in _LANGUAGES),
                give_up=(Goto("menu"),),  # whoever says nothing goes on in the language of the number they called
                attempts=1,
                no_input_s=30,
            ),
        ),
        "menu": (
            Menu(
                "phone.menu",
                options=(
                    choice("order", "order-status"),
                    choice("refund", "refund"),
                    choice("stores", "store-hours"),
                    Option("link", "phone.link", "phone.words.link", then=(Goto("link"),)),
                    Option(
                        "callback", "front.callback", "front.words.callback",
                        then=(Reason("callback"), Goto("callback")),
                    ),
                    Option(
                        "person", "front.person", "front.words.person",
                        then=(Reason("talk_to_person"), Goto("agent")),
                    ),
                ),
                give_up=(Say("front.give_up"), Goto("agent")),
            ),
        ),
        "link": (
            When(
                Compare(Var("caller_number"), "==", ""),
                then=(Say("phone.link_failed"), Goto("agent")),
                otherwise=(
                    SendLink(
                        Var("caller_number"),
                        sent=(End("phone.link_sent"),),
                        failed=(Say("phone.link_failed"), Goto("agent")),
                    ),
                ),
            ),
        ),
        "agent": (
            Hours(
                "always",
                closed=_nobody("person.closed"),
                holiday=_nobody("person.holiday"),
                emergency=(Say("person.emergency"),),
            ),
            Enqueue(
                EVERYBODY,
                nobody_staffed=_nobody("person.nobody"),
                queue_full=(Say("person.full"), Goto("callback")),
                overflow=(Say("person.too_long"), Goto("callback")),
                overflow_after_s=900,
                callback_after_s=120,
                callback=(Goto("callback"),),
            ),
        ),
        "callback": (Callback(EVERYBODY, give_up=(Goto("voicemail"),), ask_time=True, calendar="always"),),
        "voicemail": (
            Voicemail(
                "phone.voicemail",
                done=(
                    Callback(
                        EVERYBODY,
                        give_up=(End("phone.voicemail_kept", "message_taken"),),
                        phone=Var("caller_number"),
                        promise_prompt="phone.voicemail_taken",
                    ),
                ),
                give_up=(End("phone.voicemail_empty", "message_taken"),),
                max_s=120,
            ),
        ),
    },
)  # fmt: skip
