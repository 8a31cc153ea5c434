"""Somebody who works with the console."""

from dataclasses import dataclass

from console.access.roles import RIGHTS, Right, Role


@dataclass(frozen=True)
class Person:
    """``csrf``: what each form of the running session has to carry. ``must_change``: first of all, the password."""

    name: str
    role: Role
    csrf: str = ""
    must_change: bool = False

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in RIGHTS[self.role]
