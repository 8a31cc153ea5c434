"""Conversations over HTTP: sessions, limits, order, one answer per message, and the bot behind it all."""
