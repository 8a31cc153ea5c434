"""What leaves the console as a table: no cell may run in the program that opens it."""

from datetime import datetime

# Excel, LibreOffice and Google read a cell that begins with one of these as a formula; tab and line feed hide one behind them (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> str | int | float | bool | None:
    """A value for CSV or XLSX: numbers as they are, moments as ISO 8601, text that would be a formula behind an apostrophe.

    Control characters, which XLSX forbids, are taken out.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    text = "".join(one for one in str(value) if one >= " " or one in "\t\n\r")
    return f"'{text}" if text.lstrip(" \u00a0\u200b\ufeff").startswith(_FORMULA) else text
