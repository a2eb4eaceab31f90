"""The last gate before anything is logged: personal fields are dropped, free text is masked."""

import logging
import traceback

from warmline.features.security.redact import redact


class Redacting(logging.Filter):
    """Mask messages and tracebacks, and drop the structured fields named `pii.…`. Never drops a record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = redact("".join(traceback.format_exception(record.exc_info[1])).rstrip())
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = redact(record.exc_text)
        for name in [n for n in vars(record) if n.startswith("pii.")]:
            delattr(record, name)
        return True


def install_redaction(logger: logging.Logger | None = None) -> None:
    """Put the filter on every handler of `logger` (the root by default), once."""
    for handler in (logger or logging.getLogger()).handlers:
        if not any(isinstance(f, Redacting) for f in handler.filters):
            handler.addFilter(Redacting())
