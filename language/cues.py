"""Words that name a personal number, by groups: stems, as they begin or end inside compounds ("Reisepassnummer", "perso nr").

In small letters, with umlauts also transcribed. Each row: stems wherever they stand in a word, and words that stand alone.
"""

import re
from collections.abc import Iterator

_GROUPS = {
    "iban": (
        "iban|kontonummer|kontonr|konto|bankverbindung|überweis|ueberweis|lastschrift|sepa|abbuch|erstatt|rückzahl",
        "kto|blz|bic|account|hesap|rachunek|rachunku|numer konta|счет|bank",
    ),
    "karte": ("kreditk|kreditcard|kartennummer|kartennr|karten-nr|mastercard|credit card|creditcard|debit|girocard|eurocard|karte", "visa|amex|cc|kk|kknr|master|card"),
    "vorgang": (
        "vorgang|aktenz|geschäftsz|ticket|referenz|bearbeitungsn|meldung|antragsn|fallnummer|auftragsn|anliegen",
        "az|antrag|case|reference|ref|vg|vgnr|nummer|vnr|status",
    ),
    "code": ("code|wiederaufn|fortsetz|zugangsc|zugangsn|zugangss|schlüssel|weitermach|weiterzumach|passwort", "token|kod|link"),
    "pin": ("pinn|pin-n|pincode|geheimz|geheimn|geheimcode|passwort|kennwort", "pins?|tan|puk|zugangspin|vorgangspin|geheimpin|şifre|пин"),
    "sv": (
        "sozialvers|sozialv|rentenv|versicherungsn|rentenkonto|rentenn|rentenb|versnr|versicherungsausw|versicherungsverl|pensionsvers",
        "sv|svnr|svn|rv|rvnr|vsnr|vers|drv|rente|rentner|social security|insurance|social",
    ),
    "kv": (
        "versicherten|krankenk|krankenv|gesundheitsk|versichert|kassenk|krankenn",
        "kv|kvnr|kvn|egk|kasse|aok|tk|barmer|dak|ikk|bkk|gkv|knappschaft|health insurance|insurance|kvnummer",
    ),
    "ausweis": (
        "ausw|seriennr|seriennummer|aufenthaltst|führersch|fuehrersch|fahrerlaub|dokumentenn|dokumentn|identity|kimlik|dowód|dowod|dowodu",
        "perso|pa|pers|bpa|npa|id|idcard|serien|dokument|eat|at|nr oben rechts|document|card|titel|licen[cs]e|permit|carta|удостоверен\\w*|паспорт\\w*",
    ),
    "pass": (
        "reisepass|reisepäss|passnummer|passnr|pass-nr|passport|kinderpass|pasaport|paszport|paspoort|pasaporte|passeport|kinderreisep|pässe",
        "pass|passes|rp|epass|hộ chiếu|passaporto|паспорт\\w*|passnr",
    ),
    "steuer": (
        "steuer|identifikationsn|identnr|ident-nr|taxpayer|vergi|podatk",
        "idnr|id-nr|id nr|idno|tin|stnr|st|stid|stidnr|ident|elster|tax|nip|finanzamt|инн",
    ),
    "phone": (
        "telef|handy|mobil|anruf|rückruf|rueckruf|zurückruf|zurueckruf|erreich|durchwahl|whatsapp|klingel|festnetz|smartphone|vorwahl|telephone",
        "tel|fon|phone|ruf|ruft|rufen|ruf|fax|sms|call|reach|text|signal|cell|mobile|telegram|zurück|numara\\w*|zadzwo\\w*|номер\\w*|numer"
        "|meine nr|nummer|number|privat",
    ),
    "kfz": (
        "kennzeich|nummernsch|kfz|fahrzeug|plakette|parkausweis|motorrad|zugelassen|zulassung|anhänger|autonummer",
        "auto|autos|wagen|pkw|lkw|halter|schild|plate|plates|car|roller|moped|kz|kennz|plaka|golf|vw|bmw|audi|opel|ford|mercedes|transporter|fahrer",
    ),
}


# "Steuer-ID-Nr." is one word of its group.
_NUMBER = r"(?:\.?[ -]?\b(?:id|ident|nr|nummer|no|num|number|code|karte|card)\b)*"


def _by_first_letter() -> str:
    """All of them, parted by their first letter, so that most places of a text are passed at once."""
    rows: dict[str, list[str]] = {}
    for group, (stems, words) in _GROUPS.items():
        found: dict[str, tuple[list[str], list[str]]] = {}
        for place, entries in enumerate((stems, words)):
            for entry in entries.split("|"):
                found.setdefault(entry[0], ([], []))[place].append(entry[1:])
        for first, (begun, alone) in found.items():
            # What has to follow a stem in the same word is read over.
            either = [rf"(?:{'|'.join(begun)})[a-zäöüß]{{0,24}}"] if begun else []
            either += [rf"(?<=\b{first})(?:{'|'.join(alone)})\b"] if alone else []
            rows.setdefault(first, []).append(rf"(?P<{group}_{len(rows.get(first, ()))}{ord(first)}>{'|'.join(either)})")
    return "|".join(rf"{first}(?:{'|'.join(row)})" for first, row in rows.items())


_CUES = re.compile(rf"(?:{_by_first_letter()}){_NUMBER}")
GROUPS = tuple(_GROUPS)


def cues(lowered: str) -> Iterator[tuple[str, int, int]]:
    """The group of each such word in a text in small letters, its start and end."""
    for cue in _CUES.finditer(lowered):
        if cue.lastgroup:
            yield cue.lastgroup.partition("_")[0], cue.start(), cue.end()
