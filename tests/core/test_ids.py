"""Case numbers, PINs and resume codes: their forms, their check character, and that masking knows each of them."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import ids
from language.masking import spans

MASKED = Path(__file__).parent.parent / "language" / "masken.jsonl"


def test_a_case_number_has_its_form_and_is_masked() -> None:
    numbers = [ids.new_case_number() for _ in range(1000)]
    assert len(set(numbers)) == 1000
    for number in numbers:
        assert re.fullmatch(r"KL-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]", number)
        assert ids.case_number(number) == number
        assert [span.kind for span in spans(f"Was ist mit {number}?")] == ["vorgang"]


def test_the_check_character_is_that_of_the_numbers_masking_was_made_for() -> None:
    told = [one for line in MASKED.read_text("utf-8").splitlines() for one in json.loads(line).get("spans", []) if one["kind"] == "vorgang"]
    clean = [one["value"] for one in told if re.fullmatch(r"KL(-[0-9A-HJKMNP-TV-Z]{4}){2}-.", one["value"])]
    assert len(clean) > 10
    assert [ids.case_number(number) for number in clean] == clean


def test_a_case_number_is_read_however_it_was_typed() -> None:
    for typed in ("KL-4RP6-FJ43-H", "kl-4rp6-fj43-h", "KL 4RP6 FJ43 H", "KL4RP6FJ43H", " kl - 4rp6 - fj43 - h ", "KL_4RP6_FJ43_H"):
        assert ids.case_number(typed) == "KL-4RP6-FJ43-H", typed
    zeros = ids.check_character("00000000")
    assert ids.case_number(f"KL-oOoO-0000-{zeros}") == f"KL-0000-0000-{zeros}"


@given(st.integers(0, 9), st.sampled_from(ids.ALPHABET))
def test_one_wrong_character_is_found(place: int, wrong: str) -> None:
    number = "4RP6FJ43H"
    changed = (number[:place] + wrong + number[place + 1 :])[:9]
    if changed != number:
        assert ids.case_number("KL" + changed) is None


@pytest.mark.parametrize("place", range(7))
def test_two_characters_in_the_wrong_order_are_found(place: int) -> None:
    number = list("4RP6FJ43H")
    number[place], number[place + 1] = number[place + 1], number[place]
    assert ids.case_number("KL" + "".join(number)) is None


def test_a_code_of_a_conversation_has_its_form_and_is_masked() -> None:
    codes = [ids.conversation_code(hashlib.sha256(str(number).encode()).hexdigest()) for number in range(1000)]
    assert len(set(codes)) == 1000
    for code in codes:
        assert re.fullmatch(r"GE-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]", code)
        assert ids.read_conversation_code(code.lower().replace("-", " ")) == code
        assert ids.case_number(code) is None
        assert [span.kind for span in spans(f"Mein Gespräch hat den Code {code}.")] == ["vorgang"]
    assert ids.conversation_code("ab" * 16) == ids.conversation_code("ab" * 16)


@given(st.text())
def test_any_text_may_be_read_as_a_number_a_pin_or_a_code(text: str) -> None:
    ids.case_number(text)
    ids.pin_digits(text)
    ids.resume_code(text)
    ids.read_conversation_code(text)


def test_a_pin_is_eight_digits_of_its_digest() -> None:
    assert re.fullmatch("[0-9]{8}", ids.pin("f" * 32))
    assert ids.pin("00" * 16) == "00000000"
    assert ids.pin_digits(" 5022 1175") == "50221175"


def test_a_resume_code_is_known_to_masking_in_every_way_of_writing() -> None:
    codes = [ids.new_resume_code() for _ in range(500)]
    assert len(set(codes)) == 500
    for code in codes:
        for typed in (code, code.lower(), code.replace("-", " "), code.lower().replace("-", " "), f"mein Code ist {code}"):
            assert [span.kind for span in spans(typed)] == ["code"], typed
            assert ids.resume_code(typed.removeprefix("mein Code ist ")) == code
    assert ids.resume_code("zu kurz") is None
