"""The cycle collector of a ready process."""

import gc

from warmline.runtime.garbage import YOUNG, calm_collector


def test_a_ready_process_walks_its_old_objects_no_more():
    before = gc.get_threshold()
    try:
        calm_collector()
        assert gc.get_threshold()[0] == YOUNG
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
