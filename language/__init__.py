"""German as data: folding, lemma, the spaCy pipeline, sentence vectors, masking of personal data."""
