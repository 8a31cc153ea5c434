"""Messengers on this machine: they behave as the platforms' public documentation says where it matters, without an account."""
