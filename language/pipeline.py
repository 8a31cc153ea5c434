"""The German spaCy pipeline behind one setting: the genuine de_core_news_md, or the embedded one named for what it is."""

from importlib.util import find_spec
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from core.settings import Settings
from language.lemma import tag_sentence

GENUINE = "de_core_news_md"
EMBEDDED = "de_amtslotse_hanta"

# STTS tags of HanTa to universal parts of speech (https://universaldependencies.org/tagset-conversion/de-stts-uposf.html).
_UPOS = {
    "NN": "NOUN", "NE": "PROPN", "NNI": "NOUN", "NNA": "NOUN", "CARD": "NUM", "ART": "DET", "ADV": "ADV", "ITJ": "INTJ",
    "KON": "CCONJ", "KOUS": "SCONJ", "KOUI": "SCONJ", "KOKOM": "CCONJ", "APPR": "ADP", "APPRART": "ADP", "APPO": "ADP",
    "APZR": "ADP", "PTKNEG": "PART", "PTKVZ": "ADP", "PTKZU": "PART", "PTKANT": "PART", "PTKA": "PART", "TRUNC": "X",
    "XY": "X", "FM": "X", "PROAV": "ADV", "PWAV": "ADV",
}  # fmt: skip
_UPOS_BY_PREFIX = {"VA": "AUX", "VM": "AUX", "VV": "VERB", "ADJ": "ADJ", "P": "PRON", "$": "PUNCT"}


def universal_tag(stts: str) -> str:
    """Universal part of speech for an STTS tag; X where there is none."""
    if stts in _UPOS:
        return _UPOS[stts]
    return next((upos for prefix, upos in _UPOS_BY_PREFIX.items() if stts.startswith(prefix)), "X")


@Language.component("hanta_tagger", assigns=["token.lemma", "token.tag", "token.pos"])
def hanta_tagger(doc: Doc) -> Doc:
    """Sets lemma, STTS tag and universal part of speech of each token."""
    for token, (lemma, tag) in zip(doc, tag_sentence([token.text for token in doc]), strict=True):
        token.lemma_, token.tag_, token.pos_ = lemma, tag, universal_tag(tag)
    return doc


def build_embedded(folder: Path) -> Path:
    """Writes the embedded pipeline below ``folder`` (once) and gives its path."""
    path = folder / EMBEDDED
    if not (path / "meta.json").exists():
        path.mkdir(parents=True, exist_ok=True)
        nlp = spacy.blank("de")
        nlp.meta.update(name="amtslotse_hanta", description="blank de with HanTa lemma and tag; not de_core_news_md")
        nlp.add_pipe("hanta_tagger")
        nlp.to_disk(path)
    return path


def model_name(settings: Settings) -> str:
    """Name or path of the pipeline in use: the setting, else the genuine model where installed, else the embedded one."""
    if settings.spacy_model:
        return settings.spacy_model
    return GENUINE if find_spec(GENUINE) else str(build_embedded(settings.cache_folder))


def load(settings: Settings) -> Language:
    """The loaded pipeline."""
    return spacy.load(model_name(settings))
