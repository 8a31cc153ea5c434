"""``./lotse evaluate``: how well single messages are understood, beside plain search and stock Rasa, in one run."""
