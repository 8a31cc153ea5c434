"""An application as a PDF, for offices that file on paper or in an e-file."""

from importlib.util import find_spec
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from katalog.applications.inbox_schemas import Ausfuhr
from katalog.applications.labels import moment
from katalog.applications.texts import texts

# DejaVu Sans (Latin, Greek, Cyrillic, Arabic, …) out of matplotlib's wheel, which Rasa brings: the core fonts of PDF know Latin-1 only.
_FAMILY, _FILES = "DejaVu", {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}


def _fonts() -> Path:
    """Found and not imported: matplotlib takes half a second to load."""
    found = find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError("matplotlib, whose wheel holds DejaVu Sans, is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


class _Document(FPDF):
    """Header and foot of each page."""

    def __init__(self, application: Ausfuhr) -> None:
        super().__init__(format="A4")
        self._application = application
        for style, name in _FILES.items():
            self.add_font(_FAMILY, style, _fonts() / name)
        self.set_auto_page_break(True, margin=22)
        self.set_lang("de")
        self.set_title(self.shown(f"{application.titel}, {application.vorgangsnummer}"))

    def header(self) -> None:
        """Says on each page that nothing of it was passed on."""
        if self._application.demonstration:
            self.set_fill_color(255, 243, 205)
            self.set_font(_FAMILY, "B", 10)
            self.cell(0, 9, texts().postfach.demonstration, align="C", fill=True, new_x="LMARGIN", new_y="NEXT")
            self.ln(4)

    def footer(self) -> None:
        """Case number and page."""
        self.set_y(-15)
        self.set_font(_FAMILY, "", 8)
        self.cell(0, 8, f"{self._application.vorgangsnummer}   {self.page_no()}/{{nb}}", align="C")

    def shown(self, text: str) -> str:
        """The text; a character that the font lacks is named by its number instead of vanishing: "[U+4E2D]"."""
        font = self.fonts[_FAMILY.lower()]
        assert isinstance(font, TTFFont)
        plain = "".join(one if one == "\n" else " " if one.isspace() else one for one in text.replace("\r\n", "\n"))
        kept = (one for one in plain if one == "\n" or one.isprintable())
        return "".join(one if one == "\n" or ord(one) in font.cmap else f"[U+{ord(one):04X}]" for one in kept)

    def write_text(self, text: str, style: str = "", size: float = 11, gap: float = 0) -> None:
        """A paragraph, with ``gap`` mm behind it."""
        self.set_font(_FAMILY, style, size)
        self.multi_cell(0, size * 0.5, self.shown(text), align="L", new_x="LMARGIN", new_y="NEXT")
        self.ln(gap)

    def part(self, title: str) -> None:
        """A heading."""
        self.ln(3)
        self.write_text(title, "B", 13, 1.5)

    def entry(self, title: str, text: str) -> None:
        """A title and what belongs to it; a title does not stand alone at the foot of a page."""
        if self.will_page_break(20):
            self.add_page()
        self.write_text(title, "B", 9)
        self.write_text(text, gap=2)


def pdf(application: Ausfuhr) -> bytes:
    """The document: what was told, attachments, documents to bring, answer and history."""
    words, made = texts().postfach, _Document(application)
    made.add_page()
    made.write_text(application.titel, "B", 16, 2)
    made.entry(words.vorgangsnummer, application.vorgangsnummer)
    made.entry(words.eingegangen_am, moment(application.eingegangen_am))
    made.entry(words.referat, application.referat or words.ohne_referat)
    made.part(words.angaben)
    for one in application.angaben:
        made.entry(one.titel, one.text)
    if application.unterlagen:
        made.part(words.unterlagen)
        made.write_text("\n".join(f"• {one}" for one in application.unterlagen))
    if application.antwort:
        made.part(words.antwort)
        made.write_text(application.antwort)
    made.part(words.verlauf)
    for step in application.verlauf:
        made.write_text(f"{moment(step.wann)}: {words.status[step.status]}")
    return bytes(made.output())
