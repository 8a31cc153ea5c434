"""Answers on their way to a messenger: one Redis Stream a channel, written in the transaction that keeps the answer.

An entry names an event of a conversation and holds nothing of it: what is said goes away with the conversation.
"""

import redis.asyncio as redis

STREAM = "lotse:ausgang:{}"


def add(pipe: "redis.client.Pipeline", channel: str, conversation: str, number: int, seconds: int) -> None:
    """An event of a conversation is to be sent; the stream lives as long as the youngest conversation in it."""
    stream = STREAM.format(channel)
    pipe.xadd(stream, {"gespraech": conversation, "nummer": number})
    pipe.expire(stream, seconds)


def add_farewell(pipe: "redis.client.Pipeline", channel: str, address: bytes, content: bytes, seconds: int) -> None:
    """A last word to somebody whose conversation is deleted; both are sealed: the Address, and the Reply."""
    stream = STREAM.format(channel)
    pipe.xadd(stream, {"adresse": address, "inhalt": content})
    pipe.expire(stream, seconds)
