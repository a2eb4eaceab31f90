"""A build server reads the results of journey cases."""

from xml.etree import ElementTree

from warmline.domain.journey.junit import Result, junit

FAILED = Result("refund", 'a "late" refund <again>', 12.5, "it ended & stayed", ("Bot: 1 < 2", "Customer: \x07"))


def test_results_are_grouped_by_journey_with_failures_told():
    tree = ElementTree.fromstring(junit([Result("refund", "well", 1.5), FAILED, Result("order", "현황")]))  # noqa: S314 -- our own
    assert (tree.get("tests"), tree.get("failures")) == ("3", "1")
    refund, order = tree.findall("testsuite")
    assert (refund.get("name"), refund.get("failures"), refund.get("time")) == ("refund", "1", "14.000")
    assert [one.get("name") for one in order] == ["현황"]
    failed = refund.findall("testcase")[1]
    assert failed.get("name") == 'a "late" refund <again>'
    (failure,) = failed
    assert failure.get("message") == "it ended & stayed"
    assert failure.text == "Bot: 1 < 2\nCustomer: "


def test_no_tests_are_a_document_too():
    assert ElementTree.fromstring(junit([])).get("tests") == "0"  # noqa: S314 -- our own
