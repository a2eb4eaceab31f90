"""After a person has helped: one question, perhaps a few words, and thanks."""

from warmline.domain.journey.document import End, Journey, Survey

AFTER_CONTACT = Journey(
    id="after-contact",
    title="after.title",
    kind="survey",
    on_error=(End("after.thanks"),),
    sections={
        "start": (
            Survey("after.score", "csat", comment_prompt="after.comment"),
            End("after.thanks"),
        ),
        "agent": (End("after.again"),),
    },
)
