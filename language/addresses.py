"""Addresses of private persons: a street with its house number, and the town with its postcode beside it.

The addresses of offices stay readable, for citizens ask the way there: those of the catalogue (``amtsanschriften.txt``), and those
that the sentence gives to an institution ("beim Finanzamt, Eisenbahnstraße 56"). A street alone and a town alone say too little.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from language.folding import fold
from language.names import is_word

# Last parts of street names, the surest first; the others are also words for other things.
_SURE = r"stra(?:ß|ss)e|str\.?|gasse|allee|weg|platz|pl\.|ring|pfad|ufer|damm|steig|stieg|promenade|chaussee"
_OTHER = r"hof|berg|tal|höhe|halde|anlage|markt|graben|wall|tor|park|feld|garten|gärten|siedlung|wiesen?|kehre|rain|acker|brunnen|bruch|busch|eck" \
         r"|winkel|hang|mühle|brücke|wald|bach|born|grund|dell|dorf|heide|stein|quelle|loch|bühl|buckel|hübel|morgen|schlag|tälchen"  # fmt: skip
_NUMBER = r"(?:nr\.?[ ]?)?[1-9][0-9]{0,3}(?:[ ]?[a-z](?![\w]))?(?:[ ]?[-/+][ ]?[1-9][0-9]{0,2}(?:[ ]?[a-z](?![\w]))?)?"
# Not a house number: "in der Hauptstraße 3 Autos", "14 Uhr", "1. Mai", "2,50 Euro".
_NO_NUMBER = (
    r"(?![\w:]|[.,][0-9]|[ ]?(?:€|%|°|eur\b|uhr|km\b|m\b|meter|cm\b|autos?\b|mal\b|x\b|jahre?n?\b|monate?n?\b|wochen?\b|tage?n?\b|stunden\b|minuten\b"
    r"|stück|leute|personen|kinder|männer|frauen|hunde|parkplätze|bäume|lampen|laternen|häuser|wohnungen|abs\b|absatz|satz\b|stgb|bgb|gebühr))"
    r"(?!\.[ ]?(?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez|[0-9]))"
)
_POSTCODE = r"(?:D-?[ ]?)?[0-9]{5}"
_TOWN = r"(?:[^\W\d_]+\.?(?:-[^\W\d_]+)*)(?:[ ](?:am|an[ ]der|a\.d\.|a\.|ob[ ]der|bei)[ ][A-ZÄÖÜ][^\W\d_]+)?(?:[ ]?\([^)\n]{1,20}\))?"
_TAIL = rf"(?:[ ]?[,;.]?[\s]{{0,2}}(?:in[ ])?(?:{_POSTCODE}(?:[ ]+{_TOWN})?))?"
_LEAD = rf"(?:{_POSTCODE}[ ]+{_TOWN}[ ]?,?[ ])?"


def _re(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# "Königstraße 76", "Pariser Str. 12 a", "Karl-Marx-Straße 31, 67655 Kaiserslautern".
_STREET = _re(rf"(?<![\w-])(?P<name>(?:[^\W\d_]+\.?-){{0,4}}[^\W\d_]{{0,30}}?(?P<type>{_SURE}))[ ]{{0,2}},?[ ]?(?P<number>{_NUMBER}){_NO_NUMBER}(?P<tail>{_TAIL})")
_NAMED = _re(
    rf"(?<![\w-])(?P<name>(?:stra(?:ß|ss)e|platz|weg|allee)[ ](?:des|der|vom|von|zum|zur|am)[ ](?:[0-9]{{1,2}}\.[ ])?[^\W\d_]+)"
    rf"[ ](?P<number>{_NUMBER}){_NO_NUMBER}(?P<tail>{_TAIL})"
)
# "Am Altenhof 7", "In der Lauterspring 5a", "Unter den Linden 3".
_PREPOSITION = r"(?:am|im|an[ ](?:der|den|dem)|auf[ ](?:der|dem|den)|in[ ](?:der|den|dem)|zum|zur|unter[ ](?:der|den|dem)|bei[ ](?:der|den|dem)|beim" \
               r"|hinter[ ](?:der|dem|den)|vor[ ](?:der|dem|den)|vorm|ob[ ]der|über[ ]der)"  # fmt: skip
_AT = _re(
    rf"(?<![\w-])(?P<name>{_PREPOSITION}[ ](?:(?:alten?|neuen?|hohen?|kleinen?|gro(?:ß|ss)en?|langen?|oberen?|unteren?|grünen?|roten?|schwarzen?|wei(?:ß|ss)en?)[ ])?"
    rf"(?P<word>[^\W\d_]{{3,30}}(?:-[^\W\d_]+){{0,3}}))[ ](?P<number>{_NUMBER}){_NO_NUMBER}(?P<tail>{_TAIL})"
)
# "Stiftswald 4, 67657 Kaiserslautern": any word, when a postcode and a town follow the number.
_BEFORE_TOWN = _re(
    rf"(?<![\w-])(?P<name>[^\W\d_]+(?:[- ][^\W\d_]+){{0,2}})[ ](?P<number>{_NUMBER})[ ]?[,;]?[\s]{{1,2}}(?P<tail>{_POSTCODE}[ ]+{_TOWN})"
)
# "Lämmchesberg 12", "Hinterer Graben 3", without a postcode only where it says that somebody lives there.
_OTHER_STREET = _re(rf"(?<![\w-])(?P<name>[^\W\d_]{{2,30}}(?:{_OTHER}))[ ](?P<number>{_NUMBER}){_NO_NUMBER}(?P<tail>{_TAIL})")

# Words for places with a number that are no addresses: "Parkplatz 5", "Bundesstraße 37".
_NO_STREET = re.compile(
    r"(?:park|stell|sitz|spiel|arbeits|ausbildungs|studien|kita|betreuungs|kindergarten|schul|praktikums|liege|steh|camping|bolz|sport|tennis|fußball"
    r"|markt|messe|lager|flug|golf|rast|treff|standort|bau|rad|geh|fuß|wander|feld|reit|rechts|bildungs|um|hin|rück|heim|zahlungs|dienst|post|versand"
    r"|kreis|bundes|land|landes|staats|auto|einbahn|seiten|neben|haupt(?=platz)|ehe|trau|schlüssel|zufahrts|vor|durchgangs|wohn|hering|erb)"
    r"(?:stra(?:ß|ss)e|str\.?|platz|weg|ring|pl\.)",
    re.IGNORECASE,
)
# Before a type that stands alone: "in der Straße 3" is no name, "Trippstadter Straße 118" is one.
_BEFORE_TYPE = re.compile(r"(?P<word>(?:[^\W\d_]+\.?-){0,3}[^\W\d_]+\.?)[ ]\Z")
_NO_NAME = frozenset(
    "der die das den dem des in im an am auf einer eine ein einen diese dieser dieses unsere unserer meine meiner ihre ihrer jede jeder welche welcher"
    " selbe selben gleichen ganze ganzen und oder zur zum von vom bei durch aus pro je zwei drei andere anderen nächste nächsten letzte alter ein per".split()
)
_FIRST_PART = re.compile(r"(?:karl|carl|sankt|st\.|alte|neue|kleine|gro(?:ß|ss)e|obere|untere|hintere|vordere|lange|kurze|[A-ZÄÖÜ][^\W\d_]*er|dr\.|[A-ZÄÖÜ]\w+)[ ]\Z", re.IGNORECASE)
# An institution of which the address is, in the same sentence before it.
_INSTITUTION = _re(
    r"""(?:amt|amtes|amts|ämter|klinik|klinikum|krankenhaus|polizei\w*|polizeiinspektion[ ]\d|schule|gymnasium|kita|kindergarten|gericht|rathaus|stadthaus
    |theater|bücherei|bibliothek|museum|jobcenter|agentur|zulassung|zulassungsstelle|behörde|stelle|center|stadtwerke|swk|hochschule|universität|uni
    |bahnhof|wertstoffhof|feuerwehr|verwaltung|kammer|bürgerbüro|konsulat|botschaft|beratung|tierheim|friedhof|volkshochschule|vhs|aok|dekra|tüv
    |kasse|versicherung|kirche|stadion|halle|bad|apotheke|sparkasse|diakonie|caritas|drk|frauenhaus|referat)\b[^.!?\n]{0,40}\Z"""
)
_HOME = _re(
    r"""\b(?:wohn\w*|anschrift|adresse|meldeadresse|gemeldet|schick\w*|send\w*|post|zuhause|daheim|umgezogen|umzug|zieh\w*|gezogen|zog|einzug|mein\w*|unser\w*|wir|ich
    |live|living|address|moved?|haus|hause|nach|von|wohnhaft|strasse|straße)\b[^.!?\n]{0,40}\Z"""
)


def _key(street: str) -> str:
    """One spelling of a street and number: "Willy Brandt Platz 1" and "willy-brandt-pl. 1"."""
    folded = re.sub(r"str\b\.?", "strasse", re.sub(r"pl\.", "platz", fold(street)))
    return re.sub(r"[^a-z0-9]", "", folded)


@lru_cache(maxsize=1)
def _offices() -> frozenset[str]:
    lines = Path(__file__).with_name("amtsanschriften.txt").read_text("utf-8").splitlines()
    return frozenset(_key(line) for line in lines if line and not line.startswith("#"))


def streets(text: str) -> Iterator[tuple[int, int, int]]:
    """Streets with a house number, also those of offices: start, end of the number, end with the town behind it."""
    for pattern in (_STREET, _NAMED, _AT, _BEFORE_TOWN, _OTHER_STREET):
        for match in pattern.finditer(text):
            start = _begin(pattern, match, text)
            if start is not None:
                yield start, match.end("number"), match.end()


def _begin(pattern: re.Pattern[str], match: re.Match[str], text: str) -> int | None:
    """Where the street's name begins, or None where it is none."""
    name, start = match["name"], match.start()
    if pattern is _STREET:
        if _NO_STREET.fullmatch(name):
            return None
        return _before_type(text, start) if len(name) == len(match["type"]) else start
    if pattern is _AT and not match["tail"]:
        # "Am Altenhof 7", but not "im Zimmer 214".
        lives = _HOME.search(text[max(0, start - 60) : start])
        return start if not is_word(match["word"]) and (match["word"][0].isupper() or lives) else None
    if pattern is _OTHER_STREET and not match["tail"]:
        return start if _HOME.search(text[max(0, start - 60) : start]) and not is_word(name) else None
    return start


def _before_type(text: str, start: int) -> int | None:
    """The beginning of "Trippstadter" before "Straße 118"; None where no name stands there."""
    before = _BEFORE_TYPE.search(text, max(0, start - 40), start)
    if not before or before["word"].lower() in _NO_NAME:
        return None
    return before.start()


def addresses(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand that are no offices', with their postcode and town."""
    for start, number, end in streets(text):
        if _key(text[start:number]) in _offices():
            continue
        before = text[max(0, start - 80) : start]
        institution = _INSTITUTION.search(before)
        if institution and not _HOME.search(before[institution.start() :]):
            continue
        yield start, end
