"""The chat page of the website."""
