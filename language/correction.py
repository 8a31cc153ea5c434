"""What somebody means who takes back: „nein, ich meinte den vorläufigen“, „nicht den Reisepass, den Perso“, „doch lieber online“."""

import re

from language.stems import stems

_WEAK = r"(?:halt|moment|sorry|entschuldigung|verzeihung|ach|oh|äh|ähm|hm|mist|aber|ja|wait|ups|hoppla)"
_STRONG = (
    r"(?:nein|nee|noe|nö|ne|quatsch|falsch (?:geschrieben|gesagt)|(?:das )?war falsch|falsch|stopp?"
    r"|doch|no|nope|verschrieben|vertippt|versprochen|irrtum|ach was|blödsinn|unsinn"
    r"|was (?:rede|sage?|schreibe?) ich(?: da)?)"
)
_GAP = r"\b[\s,.!…–-]*"
_OPENING = rf"(?:(?:{_STRONG}|{_WEAK}){_GAP})+"
_FILLERS = r"(?:(?:doch|eigentlich|damit|natürlich|aber|eher|ja|nur|halt|schon|lieber|mit|für)\s+)*"
_NOT_BUT = r"\b(?:nicht|kein\w*)\s.+?,?\s+(?:sondern|ich mein\w*|lieber)\s+(?P<rest>.+)"
_NOT_THE = rf"^(?:{_OPENING})?nicht\s+[^,]+,\s*(?P<rest>(?:den|die|das|der|dem|ein\w*|für|fürs|zum)\s.+)"
_SAY = r"(?:meinte|mein|meine|meint|wollte eigentlich)"
_SAID_AFTER = r"(?:mein\w* ich|hab\w*(?: ich)? gemeint|wollte ich(?: sagen)?)"
_I_MEAN = rf"(?:{_OPENING})?ich\s+{_SAY}|{_OPENING}{_SAY}(?=\s+(?:den|die|das|der|dem|ein))|(?:{_OPENING})?i meant?"
_MEANT = rf"^(?:{_I_MEAN})\s+{_FILLERS}(?P<rest>.+)"
# „Reisepass brauch ich keinen, ich mein den Perso“, „nicht Einbürgerung, Niederlassungserlaubnis hab ich gemeint“
_ITS_BEGIN = r"(?:den|die|das|der|dem|ein\w*|the|wohin|wo|was|wie|wann|ob)"
_AND_MEAN = rf"[,.;–-]\s*(?:sondern\s+)?(?:ich\s+mein\w*|i mean\w*)\s+{_FILLERS}(?P<rest>{_ITS_BEGIN}\s.+)"
_NOT_LAST = rf"^(?:{_OPENING})?nicht\s+[^,]+,\s*(?P<rest>.+?)[\s,]+{_SAID_AFTER}"
# „Sorry, es ist der Perso, der weg ist“, „halt, es ist doch ein gebrauchter“
_IT = r"(?:[^,.]{0,30}\s)?(?:es|das)\s+(?:ist|is|isch|war|handelt sich um)"
_IT_IS = rf"^(?:{_WEAK}{_GAP})*{_STRONG}{_GAP}(?:{_OPENING})?{_IT}\s+{_FILLERS}(?P<rest>(?:der|die|das|den|dem|ein\w*)\s.+)"
_RATHER = r"\b(?:doch|dann)\s+(?:lieber|eher)\s+(?P<rest>.+)"
_NO_THE = rf"^(?:{_WEAK}{_GAP})*{_STRONG}{_GAP}(?:{_OPENING})?(?P<rest>.+)"
_LAST = rf"^(?:{_OPENING})?(?P<rest>\S+(?:\s+\S+){{0,4}}?)[\s,]+{_SAID_AFTER}\b"
_ALL = (_NOT_BUT, _NOT_THE, _NOT_LAST, _MEANT, _IT_IS, _AND_MEAN, _RATHER, _LAST, _NO_THE)
_PATTERNS = [re.compile(one, re.IGNORECASE | re.DOTALL) for one in _ALL]
_SAYS_MEANT = re.compile(r"\bich mein\w*\b|\bi mean|\bsondern\b|\b(?:dann|doch) (?:lieber|eher)\b", re.IGNORECASE)
_TRAILING = re.compile(
    rf"[\s,]+(?:{_SAID_AFTER}|i mean\w*)\b.*$|(?:[\s,]+(?:natürlich|halt|doch)[\s.!?]*)?(?:$|[!.,]\s*(?:nicht|net|nit|not)\b.*$)",
    re.IGNORECASE | re.DOTALL,
)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
# A correction is short; a long story that begins with „Nein“ is a new request.
MOST_WORDS = 16


def corrected(text: str) -> str | None:
    """What is meant instead; None where nothing is taken back or nothing is named."""
    if len(text.split()) > MOST_WORDS:
        # „Ach nein, ich meine den blauen. Ich bin 79 und kann kaum laufen.“
        sentences = _SENTENCE.split(text.strip())
        text = next((one for one in sentences if _SAYS_MEANT.search(one)), sentences[0])
    if len(text.split()) > MOST_WORDS:
        return None
    for pattern in _PATTERNS:
        if found := pattern.search(text.strip()):
            rest = _TRAILING.sub("", found["rest"]).strip(" ,.!")
            return rest if stems(rest) else None
    return None
