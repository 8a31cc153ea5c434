"""The commands behind ./lotse and the supervisor. The only room that may import all others (lazily)."""
