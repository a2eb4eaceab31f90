"""Who hears whom becomes relays where that is enough, and one mix for each distinct set of voices."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warmline.media.clips import Player
from warmline.media.leg import MIX, QUIET, RELAY, Leg
from warmline.media.plan import Call, replan
from warmline.ports.media import LegWish


class Desk:
    """Legs of a call that needs no network."""

    def __init__(self, *codecs: str) -> None:
        self.call = Call("call")
        for at, codec in enumerate(codecs):
            leg = Leg.__new__(Leg)
            leg.name, leg.codec_in, leg.codec_out = f"leg{at}", codec, codec
            leg.secure, leg.player, leg.tap = False, None, None
            leg.agreed = object()  # type: ignore[assignment]
            leg.recorders, leg.relays, leg.jitter, leg.pcm = [], [], None, None
            leg.wish = LegWish()
            self.call.legs[leg.name] = leg

    def hears(self, **matrix: str) -> list[Leg]:
        self.call.hears = {leg: others.split() for leg, others in matrix.items()}
        replan(self.call)
        return list(self.call.legs.values())


def test_two_of_one_codec_are_relayed_without_decoding():
    a, b = Desk("PCMU", "PCMU").hears(leg0="leg1", leg1="leg0")
    assert (a.mode, b.mode) == (RELAY, RELAY)
    assert (a.relays, b.relays) == ([b], [a])
    assert a.jitter is b.jitter is None


def test_two_of_different_codecs_are_mixed():
    desk = Desk("PCMU", "PCMA")
    a, b = desk.hears(leg0="leg1", leg1="leg0")
    assert (a.mode, b.mode) == (MIX, MIX)
    assert a.jitter is not None
    assert not a.relays


def test_listeners_of_the_same_voices_share_one_row():
    desk = Desk(*["PCMU"] * 5)
    desk.hears(leg0="leg1", leg1="leg0", leg2="leg0 leg1", leg3="leg1 leg0", leg4="leg0 leg1")
    assert desk.call.mix is not None
    assert desk.call.mix.matrix.shape == (1, 2)
    assert len(desk.call.mix.listeners) == 3


def test_nobody_hears_a_leg_during_secure_input():
    desk = Desk("PCMU", "PCMU", "PCMU")
    a, b, c = desk.call.legs.values()
    a.secure = True
    desk.hears(leg0="leg1 leg2", leg1="leg0 leg2", leg2="leg0")
    assert b.mode == RELAY
    assert c.mode == QUIET
    assert c.relays == [b]
    assert not a.relays


def test_a_play_that_is_mixed_in_needs_the_mixer():
    desk = Desk("PCMU", "PCMU")
    desk.call.legs["leg0"].player = Player("beep", (), [], mix=True)
    a, b = desk.hears(leg0="leg1", leg1="leg0")
    assert (a.mode, b.mode) == (MIX, RELAY)


@pytest.mark.parametrize(("codecs", "rate"), [(("PCMU", "PCMA"), 8000), (("PCMU", "G722"), 16000)])
def test_a_mix_is_wide_when_somebody_can_hear_it(codecs: tuple[str, ...], rate: int):
    desk = Desk(*codecs)
    desk.hears(leg0="leg1", leg1="leg0")
    assert desk.call.mix is not None
    assert desk.call.mix.rate == rate


@settings(deadline=None)
@given(st.lists(st.sets(st.integers(0, 4)), min_size=5, max_size=5), st.sets(st.integers(0, 4)))
def test_whatever_the_matrix_a_leg_is_heard_by_exactly_who_may(hears: list[set[int]], secure: set[int]):
    desk = Desk(*["PCMU", "PCMU", "PCMA", "PCMU", "PCMA"])
    legs = list(desk.call.legs.values())
    for at in secure:
        legs[at].secure = True
    desk.hears(**{f"leg{at}": " ".join(f"leg{other}" for other in others) for at, others in enumerate(hears)})
    for at, leg in enumerate(legs):
        wanted = {legs[other] for other in hears[at] if other != at and other not in secure}
        heard = {other for other in legs if leg in other.relays}
        mix = desk.call.mix
        if leg.mode == MIX and mix is not None:
            row = dict(mix.listeners)[leg]
            heard |= {source for source, share in zip(mix.sources, mix.matrix[row], strict=True) if share}
        assert heard == wanted
