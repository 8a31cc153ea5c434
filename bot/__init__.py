"""What runs inside the Rasa process: NLU components, channel, tracker store."""
