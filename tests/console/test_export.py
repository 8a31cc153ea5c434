"""What leaves the console as a table holds no formula."""

from datetime import UTC, datetime

import pytest

from console.export import safe_cell

pytestmark = pytest.mark.console


FORMULAS = ["=1+1", "+49 631", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "＝1", "|calc", "\x00=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_be_a_formula_stands_behind_an_apostrophe(text: str) -> None:
    assert str(safe_cell(text)).startswith("'")


def test_everything_else_stays_what_it_is() -> None:
    assert [safe_cell(one) for one in (None, True, 3, -2.5, "Was kostet das?")] == [None, True, 3, -2.5, "Was kostet das?"]
    assert safe_cell(datetime(2026, 11, 29, 14, 5, tzinfo=UTC)) == "2026-11-29T14:05:00+00:00"
    assert safe_cell("a\x0bb") == "ab"
