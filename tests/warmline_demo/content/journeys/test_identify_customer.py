"""Nothing can go wrong between the proof and the return: the module looks up first, and proves last."""

from warmline.domain.journey.document import Invoke, Menu, Return, Var, Verify
from warmline_demo.content.journeys.identify_customer import IDENTIFY_CUSTOMER


def test_who_is_meant_is_looked_up_before_anything_is_proven():
    assert isinstance(IDENTIFY_CUSTOMER.sections["start"][0], Invoke)


def test_each_proof_is_followed_at_once_by_the_return_and_strong_matters_take_no_birth_date():
    methods: dict[str, list[str]] = {}
    for name, block in IDENTIFY_CUSTOMER.sections.items():
        menu = block[-1]
        assert isinstance(menu, Menu)
        for option in menu.options:
            proof, back = option.then
            assert isinstance(proof, Verify)
            assert back == Return(Var("person.customer_ref"))
            methods.setdefault(name, []).append(proof.method)
    assert methods["start"] == ["one_time_code", "account_pin", "date_of_birth"]
    assert methods["strong"] == ["one_time_code", "account_pin"]
