from warmline.cli_twin_refusals import REFUSALS, explained
from warmline.features.twin.refusals import NO_HISTORY
from warmline.kernel.errors import CATALOGUE, INVALID, Refused


def test_a_refusal_is_told_in_the_reader_s_language_with_what_to_do():
    refused = Refused(NO_HISTORY, day="2026-11-23")
    assert explained(refused, "ko").startswith("2026-11-23을(를) 예측할 만큼")
    assert explained(refused, "ja").endswith("お試しください。")
    assert explained(refused, "en") == f"{refused.text} {refused.spec.fix}"


def test_what_is_not_known_in_a_language_is_told_in_english():
    assert explained(Refused(INVALID, field="runs", reason="0"), "ko").startswith("runs is not valid")


def test_both_languages_know_the_same_refusals_and_only_real_ones():
    assert REFUSALS["ko"].keys() == REFUSALS["ja"].keys()
    assert REFUSALS["ko"].keys() <= CATALOGUE.keys()
