"""The error tree: drawn where it stands, each with a name and a status."""

import pytest

from core import errors
from core.errors import LotseError, RecordsRejected, StartError

ALL = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, LotseError)]


@pytest.mark.parametrize("error", ALL)
def test_every_error_stands_in_the_drawn_tree_and_has_a_german_title(error: type[LotseError]) -> None:
    assert errors.__doc__
    assert error.__name__ in errors.__doc__
    assert error.title
    assert 400 <= error.status <= 599
    assert error is LotseError or error.title != LotseError.title


def test_rejected_records_are_counted_and_the_first_is_named() -> None:
    error = RecordsRejected([("a.jsonl, Zeile 3", "titel: Field required"), ("b.yml", "ist leer")])
    assert str(error).startswith("2 Datensätze abgelehnt, nichts übernommen.")
    assert "a.jsonl, Zeile 3: titel: Field required" in str(error)
    assert len(error.rejected) == 2


def test_a_failed_start_has_an_exit_code() -> None:
    assert StartError("Port belegt", 12).exit_code == 12
