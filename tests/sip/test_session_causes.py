from warmline.sip.session_causes import cause_of


def test_statuses_become_the_causes_a_carrier_knows():
    assert [cause_of(status) for status in (486, 404, 480, 603, 699)] == [17, 1, 18, 21, 31]
