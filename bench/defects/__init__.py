"""Where stock Rasa fails in production, and what ours does there: the same measure over Rasa's own classes and over ours."""
