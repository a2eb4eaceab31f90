"""What may go wrong inside a running journey; all of it leads to the journey's `on_error`.

The text of a fault is its problem code and what it is about, as `Advance.problems` lists it; it never holds
what a customer said.
"""


class Fault(Exception):
    """The journey cannot go on as written."""


class MissingVariable(Fault):
    """A variable is read that nothing has set."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"variable_unset {path}")


class MissingPrompt(Fault):
    """A prompt has no text in the language needed."""

    def __init__(self, key: str, locale: str) -> None:
        self.key = key
        super().__init__(f"prompt_missing {key} {locale}")


class BlankPrompt(Fault):
    """A prompt came out without anything to be seen: the customer would be told nothing."""

    def __init__(self, key: str, locale: str) -> None:
        self.key = key
        super().__init__(f"prompt_blank {key} {locale}")


class BadTemplate(Fault):
    """A prompt's text holds a placeholder that cannot be read or does not fit its value."""


class UnfitValue(BadTemplate):
    """A value cannot be written in the form its placeholder asks for."""

    def __init__(self, path: str, form: str) -> None:
        super().__init__(f"format_unfit {path} {form}")
