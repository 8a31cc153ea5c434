"""Telegram's Bot API (core.telegram.org/bots/api)."""
