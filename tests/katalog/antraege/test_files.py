"""What may be uploaded, by its content; and what remains of a file's name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadInput
from katalog.applications.files import MOST_BYTES, checked, clean_name
from katalog.applications.texts import texts

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog /OpenAction [2 0 R /Fit] >> endobj\n%%EOF"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)

TAKEN = [
    ("a.pdf", PDF, "application/pdf"),
    ("a.pdf", b"\xef\xbb\xbf\r\n" + PDF, "application/pdf"),
    ("a.pdf", PDF + b"/JS /AA" + bytes(range(256)), "application/pdf"),  # such short names stand in pixels by chance
    ("a.png", PNG, "image/png"),
    ("a.jpg", JPEG, "image/jpeg"),
    ("a.exe", PNG, "image/png"),  # the content counts, not the name
    ("a.pdf", PDF + bytes(MOST_BYTES - len(PDF)), "application/pdf"),
]


@pytest.mark.parametrize(("name", "content", "typ"), TAKEN, ids=lambda value: str(value)[:20])
def test_pdf_jpeg_and_png_are_taken_by_their_content(name: str, content: bytes, typ: str) -> None:
    file = checked(name, content)
    assert (file.typ, file.inhalt) == (typ, content)
    assert file.name == {"application/pdf": "a.pdf", "image/png": "a.png", "image/jpeg": "a.jpg"}[typ]


TOLD = texts().anlage
REFUSED = [
    (b"", TOLD.leer),
    (PDF + bytes(MOST_BYTES), TOLD.zu_gross),
    (b"MZ" + bytes(100), TOLD.falsche_art),
    (b"<html><script>alert(1)</script>", TOLD.falsche_art),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", TOLD.falsche_art),
    (b"PK\x03\x04" + bytes(100), TOLD.falsche_art),
    (b"\x00\x00\x00\x18ftypheic" + bytes(100), TOLD.falsche_art),
    (bytes(2000) + PDF, TOLD.falsche_art),
    (PDF + b"<< /S /JavaScript /JS (app.alert(1)) >>", TOLD.aktiver_inhalt),
    (PDF + b"<< /S /Java#53cript >>", TOLD.aktiver_inhalt),
    (PDF + b"<</Type/EmbeddedFile/Length 3>>", TOLD.aktiver_inhalt),
    (PDF + b"<< /Names << /EmbeddedFiles 4 0 R >> >>", TOLD.aktiver_inhalt),
    (PDF + b"<< /S /Launch /F (cmd.exe) >>", TOLD.aktiver_inhalt),
    (PDF + b"trailer << /Encrypt 9 0 R >>", TOLD.verschluesselt),
]


@pytest.mark.parametrize(("content", "told"), REFUSED, ids=lambda value: str(value)[:30])
def test_everything_else_is_refused_and_says_what_to_do(content: bytes, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        checked("a.pdf", content)
    assert str(refused.value) == told
    assert "bitte" in told.lower()


NAMES = [
    ("Ausweis.PDF", "Ausweis.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    (r"C:\Users\Erika\Mein Vertrag.pdf", "Mein Vertrag.pdf"),
    ("Größe  ändern.pdf", "Größe ändern.pdf"),
    ("Gro\u0308\u00dfe.pdf", "Größe.pdf"),  # as a Mac writes it
    ("a\x00b\r\nc.pdf", "a b c.pdf"),
    ("rechnung\u202efdp.exe", "rechnung fdp.pdf"),
    ("$(rm -rf ~);`x`.pdf", "_(rm -rf ~)__x_.pdf"),
    ("", "Anlage.pdf"),
    ("...", "Anlage.pdf"),
    (".htaccess", "htaccess.pdf"),
    ("-rf", "rf.pdf"),
    ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
    ("Бланк.pdf", "Бланк.pdf"),
]


@pytest.mark.parametrize(("given_name", "kept"), NAMES)
def test_a_name_is_made_harmless_and_stays_readable(given_name: str, kept: str) -> None:
    assert clean_name(given_name, "application/pdf") == kept


@given(st.text())
def test_no_name_leaves_its_folder_or_hides_something(name: str) -> None:
    kept = clean_name(name, "image/png")
    assert kept.endswith(".png")
    assert len(kept) <= 84
    assert kept.isprintable()
    assert not set(kept) & set('/\\<>:"|?*\0\n')
    assert not kept.startswith((".", "-"))
