"""The fixtures of the house for the tests of the figures."""

from tests.console.house import house as house
from tests.console.house import postgres as postgres
