"""Somebody who works with the console."""

from dataclasses import dataclass

from console.access.roles import RIGHTS, Right, Role


@dataclass(frozen=True)
class Person:
    """``csrf``: what each form of the running session has to carry."""

    name: str
    role: Role
    csrf: str = ""

    def may(self, right: Right) -> bool:
        """Whether the role has this right."""
        return right in RIGHTS[self.role]
