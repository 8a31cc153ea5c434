"""The fixtures of the house for the tests of inbox and learning."""

from tests.console.house import house as house
from tests.console.house import postgres as postgres
