"""Statuses of SIP as causes of Q.850 (RFC 3398, 8.2.6.1)."""

_CAUSES = {
    400: 41, 401: 21, 402: 21, 403: 21, 404: 1, 405: 63, 406: 79, 407: 21, 408: 102, 410: 22, 413: 127, 414: 127,
    415: 79, 416: 127, 420: 127, 421: 127, 423: 127, 480: 18, 481: 41, 482: 25, 483: 25, 484: 28, 485: 1, 486: 17,
    487: 16, 488: 88, 500: 41, 501: 79, 502: 38, 503: 41, 504: 102, 505: 127, 513: 127, 600: 17, 603: 21, 604: 1,
    606: 88, 607: 21, 608: 21,
}  # fmt: skip


def cause_of(status: int) -> int:
    """The cause of a call that ended with this final status; 31 (normal, unspecified) for others."""
    return _CAUSES.get(status, 31)
