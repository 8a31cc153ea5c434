"""Under which names a conversation is kept in Redis."""

PREFIX = "lotse:gespraech:"
