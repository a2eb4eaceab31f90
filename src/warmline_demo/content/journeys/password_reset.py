"""A new password: a code proves who asks, a link goes to the mailbox of the account."""

from warmline.domain.journey.document import Ask, EmailInput, Goto, Invoke, Journey, Reason, Say, Set, Var
from warmline_demo.content.journeys.blocks import OPENING, SORRY, identify, more_section, person_sections

_SETTLE = (Set("reset", ""),)

PASSWORD_RESET = Journey(
    id="password-reset",
    title="password.title",
    on_error=SORRY,
    pii=("email",),
    sections={
        "start": (
            *OPENING,
            Reason("password_reset"),
            Ask(
                "email",
                "password.ask_email",
                EmailInput(),
                give_up=(Say("password.no_email"), Goto("agent")),
                sensitivity="pii",
                no_match=("password.email_hint",),
            ),
            *identify("email", strong=True),
            Invoke(
                "accounts.reset_password",
                into="reset",
                args={"subject": Var("email")},
                result=("sent",),
                failed=(Say("orders.backend_down"), Goto("agent")),
                timeout_s=4,
                retries=2,
                slow_prompt="common.one_moment",
            ),
            Say("password.sent"),
            Goto("more"),
        ),
        "more": more_section(_SETTLE),
        **person_sections("accounts", _SETTLE),
    },
)
