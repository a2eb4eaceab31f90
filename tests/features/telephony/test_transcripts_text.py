"""What was understood becomes a text: who, when, and in the call's own language."""

from warmline.features.telephony.transcripts_text import Said, conversation, message

HELLO = Said(3.2, 5.0, "agent", "Good morning.")


def test_both_sides_are_told_in_the_order_in_which_they_spoke():
    said = [Said(3_725.0, 3_726.0, "customer", "Goodbye."), Said(65.4, 70.0, "customer", "My parcel."), HELLO]
    assert conversation(said, "en") == (
        "0:03 Agent: Good morning.\n1:05 Customer: My parcel.\n1:02:05 Customer: Goodbye."
    )
    assert conversation([HELLO], "ko").startswith("0:03 상담원: ")
    assert conversation([Said(0, 1, "customer", "はい。")], "ja") == "0:00 お客様: はい。"


def test_who_takes_a_breath_goes_on_in_the_same_line_and_in_japanese_without_a_space():
    two = [Said(0.0, 2.0, "customer", "荷物が"), Said(3.0, 4.0, "customer", "届きません。")]
    assert conversation(two, "ja") == "0:00 お客様: 荷物が届きません。"
    assert conversation(two, "en").endswith("荷物が 届きません。")


def test_an_answer_in_between_begins_a_new_line():
    said = [Said(0.0, 1.0, "customer", "Yes."), Said(1.1, 1.4, "agent", "Mhm."), Said(1.6, 2.0, "customer", "So.")]
    assert conversation(said, "en").count("\n") == 2


def test_a_message_is_what_the_caller_said_and_nothing_else():
    said = [Said(0.0, 2.0, "customer", "Call me."), Said(9.0, 9.5, "customer", "Thanks."), HELLO]
    assert message(said, "en") == "Call me.\nThanks."
    assert message([], "en") == conversation([], "en") == ""
