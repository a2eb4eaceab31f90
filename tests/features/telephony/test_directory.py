"""What the telephone endpoint learns of lines and phones."""

from ipaddress import ip_network

from msgspec.structs import replace

from warmline.features.telephony.directory import PlanDirectory
from warmline.features.telephony.number_plan import Answering, DeskPhone, Line, Plan
from warmline.features.telephony.secrets import credentials_of

LINE = Line(
    tenant_id="onda", id="carrier", mode="address", host="sip.carrier.example", port=5060, transport="udp",
    srtp="optional", username="", secret="", networks=(ip_network("203.0.113.0/28"),), caller_number="",
    region="KR",
    inband_digits=False, priority=1, calls_at_most=30,
)  # fmt: skip
HOTLINE = Answering("onda", "hotline", "+82215881234", "front-desk", "ko", "announced")
PHONE = DeskPhone("onda", "1001", None, credentials_of("1001", "onda.warmline", "secret"))
PLAN = Plan((LINE,), {("onda", "+82215881234"): (HOTLINE, None)}, {("onda", "1001"): PHONE})


def test_a_provider_is_known_by_the_address_it_calls_from() -> None:
    directory = PlanDirectory(lambda: PLAN)
    trunk = directory.trunk_at("203.0.113.5", "02-1588-1234")
    assert trunk is not None
    assert (trunk.id, trunk.tenant_id, trunk.register) == ("onda/carrier", "onda", False)
    assert directory.number(trunk, "02-1588-1234") == "known"
    assert directory.number(trunk, "02-1588-9999") == "unknown"
    assert directory.trunk_at("198.51.100.1", "02-1588-1234") is None
    assert directory.is_trunk_address("203.0.113.5")
    assert not directory.is_trunk_address("no address")


def test_two_companies_on_one_provider_are_told_apart_by_the_number_that_was_dialled() -> None:
    rival = replace(LINE, tenant_id="rival")
    answering = replace(HOTLINE, tenant_id="rival", number="+82218880000")
    both = Plan((LINE, rival), {**PLAN.numbers, ("rival", "+82218880000"): (answering, None)}, {})
    directory = PlanDirectory(lambda: both)
    for called, tenant_id in (("+82215881234", "onda"), ("+82218880000", "rival")):
        trunk = directory.trunk_at("203.0.113.5", called)
        assert trunk is not None
        assert trunk.tenant_id == tenant_id


def test_a_number_two_companies_have_on_one_provider_s_line_goes_to_neither() -> None:
    rival = replace(LINE, tenant_id="rival", priority=0, networks=(ip_network("203.0.113.5/32"),))
    answering = replace(HOTLINE, tenant_id="rival")
    both = Plan((rival, LINE), {**PLAN.numbers, ("rival", HOTLINE.number): (answering, None)}, {})
    directory = PlanDirectory(lambda: both)
    for trunk in directory.trunks():
        assert directory.number(trunk, "02-1588-1234") == "unknown"
    apart = replace(rival, networks=(ip_network("198.51.100.0/28"),))
    directory = PlanDirectory(lambda: Plan((apart, LINE), both.numbers, {}))
    assert [directory.number(trunk, HOTLINE.number) for trunk in directory.trunks()] == ["known", "known"]


def test_a_desk_phone_is_found_by_name_and_realm_and_not_by_another_company_s() -> None:
    directory = PlanDirectory(lambda: PLAN)
    phone = directory.phone_named("1001", "onda.warmline")
    assert phone is not None
    assert phone.id == "onda/1001"
    assert directory.phone("onda/1001") == phone
    assert directory.phone_named("1001", "rival.warmline") is None
    assert directory.realm("onda.warmline") == "onda.warmline"
    assert directory.realm("elsewhere.example") == "warmline"


def test_a_line_shows_its_number_and_has_an_end() -> None:
    directory = PlanDirectory(lambda: Plan((replace(LINE, caller_number="+82215881234", calls_at_most=7),)))
    (trunk,) = directory.trunks("onda")
    assert (trunk.caller_number, trunk.calls_at_most) == ("+82215881234", 7)


def test_a_line_that_signs_in_registers() -> None:
    plans = [Plan((replace(LINE, mode="registration", username="onda", secret="pw"),))]
    directory = PlanDirectory(lambda: plans[-1])
    (trunk,) = directory.trunks("onda")
    assert (trunk.register, trunk.user, trunk.password) == (True, "onda", "pw")
    plans.append(Plan())
    assert directory.trunks() == []
    assert directory.trunk_named("onda", "warmline") is None
