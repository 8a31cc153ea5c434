"""Who may do what: one table, nothing else decides."""

from typing import Literal, get_args

Right = Literal["read", "review", "train", "admin"]
Role = Literal["leser", "pruefer", "trainer", "admin"]

# read: conversations, figures · review: inbox, tags, comments, desk · train: candidates, going live, going back, notices
# admin: people, trail, deletion.
RIGHTS: dict[Role, frozenset[Right]] = {
    "leser": frozenset({"read"}),
    "pruefer": frozenset({"read", "review"}),
    "trainer": frozenset({"read", "review", "train"}),
    "admin": frozenset(get_args(Right)),
}
