"""Keep Python's cycle collector from pausing a process that holds very many long-lived objects."""

import gc

# Contacts, sessions and sockets live long and form hardly any cycles: with the usual thresholds the collector
# walks all of them every few seconds, which a customer feels as a pause.
YOUNG, MIDDLE, OLD = 50_000, 20, 200


def calm_collector() -> None:
    """Call once when a process is ready: what lives now is never walked again, and walks become rare."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
