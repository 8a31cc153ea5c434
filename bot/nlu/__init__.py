"""NLU components for Rasa's graph, named in config.yml."""
