"""The city's time, wherever the computer thinks it stands."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from core.clock import now
from core.settings import PROJECT


def test_now_is_now() -> None:
    assert abs(now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_the_hour_is_that_of_the_city_whatever_the_zone_of_the_machine(zone: str) -> None:
    code = "from core.clock import now, today; n = now(); print(n.utcoffset().total_seconds() / 3600, n.date() == today())"
    told = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | {"TZ": zone}, cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split()[0] in ("1.0", "2.0")
