"""Whole journeys made up by hypothesis: every kind of step, value, condition and input."""

import pytest
from hypothesis import strategies as st

from warmline.domain.journey.document import (
    AllOf,
    Announce,
    AnyOf,
    Ask,
    Block,
    Callback,
    CallModule,
    ChoiceInput,
    Compare,
    Condition,
    DateInput,
    DigitsInput,
    EmailInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Invoke,
    Journey,
    Menu,
    NotIf,
    NumberInput,
    Option,
    OrderNumberInput,
    PhoneInput,
    Reason,
    Return,
    Say,
    Set,
    Step,
    Survey,
    TextInput,
    TransferJourney,
    Var,
    Verify,
    When,
)

texts = st.text(max_size=12)
names = st.sampled_from(["order", "n", "customer.name", "order.items.0", "class", "is_set", "_x", "주문", "a b"])
whole = st.integers(-(2**53), 2**53)
reals = st.floats(allow_nan=False, allow_infinity=False)
seconds = st.floats(0, 1e6)
scalars = st.one_of(texts, whole, reals, st.booleans(), st.none())
variables = names.map(Var)
values = st.one_of(variables, scalars)

comparisons = st.builds(
    Compare,
    left=variables,
    op=st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "contains", "is_set"]),
    right=st.one_of(values, st.lists(scalars, max_size=3).map(tuple)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(NotIf, inner),
    ),
    max_leaves=5,
)
options = st.builds(Option, value=texts, label=texts, words=st.none() | texts)
inputs = st.one_of(
    st.builds(ChoiceInput, st.lists(options, max_size=3).map(tuple)),
    st.builds(TextInput, st.integers(1, 9999)),
    st.builds(DigitsInput, st.integers(1, 9), st.integers(9, 32)),
    st.builds(NumberInput, st.none() | reals, st.none() | reals),
    st.builds(DateInput, st.booleans()),
    st.builds(PhoneInput, st.sampled_from(["KR", "JP", "US"])),
    st.just(EmailInput()),
    st.builds(OrderNumberInput, texts, st.sampled_from(["none", "luhn", "mod97"]), texts),
)
prompts = st.lists(texts, max_size=3).map(tuple)
arguments = st.dictionaries(texts, values, max_size=3)

leaves: st.SearchStrategy[Step] = st.one_of(
    st.builds(Say, texts),
    st.builds(Set, names, values),
    st.builds(Reason, texts),
    st.builds(Announce, texts),
    st.builds(TransferJourney, texts),
    st.builds(CallModule, texts, arguments, st.none() | names),
    st.builds(Return, values),
    st.builds(Survey, texts, st.sampled_from(["csat", "nps"]), st.none() | texts, seconds),
    st.builds(End, texts, st.sampled_from(["contained", "message_taken", "callback_promised"])),
    st.builds(Goto, texts),
)


def blocks(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Block]:
    return st.lists(steps, max_size=3).map(tuple)


def branching(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    block = blocks(steps)
    perhaps = st.none() | block
    choices = st.lists(st.builds(Option, texts, texts, st.none() | texts, block), max_size=3).map(tuple)
    levels = st.sampled_from(["none", "pii", "secret"])
    methods = st.sampled_from(["one_time_code", "account_pin", "date_of_birth"])
    few = st.integers(1, 5)
    return st.one_of(
        st.builds(Ask, names, texts, inputs, block, few, seconds, prompts, prompts, levels),
        st.builds(Menu, texts, choices, block, few, seconds, prompts, prompts, st.none() | names),
        st.builds(When, conditions, block, block),
        st.builds(
            Invoke, texts, names, block, arguments, prompts, seconds, few, seconds, perhaps, st.none() | texts
        ),
        st.builds(Verify, methods, values, block, block, few, few, perhaps),
        st.builds(Hours, texts, block, perhaps, perhaps, block),
        st.builds(
            Enqueue, texts, block, block, block, seconds, few, st.dictionaries(texts, few, max_size=2), texts,
            texts, seconds, st.none() | seconds, block, texts,
        ),
        st.builds(Callback, texts, block, values, texts, texts, st.sampled_from(["KR", "JP"])),
    )  # fmt: skip


steps: st.SearchStrategy[Step] = st.recursive(leaves, branching, max_leaves=8)
whole_journeys = st.builds(
    Journey,
    id=texts,
    on_error=blocks(steps),
    sections=st.dictionaries(texts, blocks(steps), max_size=3),
    kind=st.sampled_from(["journey", "module", "survey"]),
    title=texts,
    agent_section=texts,
    parameters=prompts,
    pii=prompts,
)


@pytest.fixture(scope="session")
def journeys() -> st.SearchStrategy[Journey]:
    """The strategy that makes up whole journeys."""
    return whole_journeys
