"""What the commands of load make of what was seen."""

import os
import subprocess
import sys
import time
from pathlib import Path
from subprocess import PIPE

import pytest
import yaml

from bench.arrivals import plan
from bench.drive import figures, finished, generator
from bench.load import Measured, ratios
from bench.proc import cpu_seconds, resident_mb
from bench.said import scripts
from bench.soak import grown, run
from bench.stock import configured
from core.errors import BadInput
from core.settings import Settings
from tests.conftest import Stack


def measured(ms: float, highest: float) -> Measured:
    return Measured(figures(12, [ms], [0.0], []), {}, highest, [])


def test_ratios_say_how_much_longer_stock_takes_and_how_much_more_we_carry() -> None:
    assert ratios(measured(100, 30), measured(250, 20)) == {"p50_ms": 2.5, "p95_ms": 2.5, "p99_ms": 2.5, "hoechste_rate": 1.5}


def test_there_is_no_ratio_to_one_that_carries_nothing() -> None:
    assert ratios(measured(100, 30), measured(250, 0))["hoechste_rate"] is None


def test_growth_is_told_of_each_process_in_percent() -> None:
    assert grown({"rasa": 800.0, "web": 80.0}, {"rasa": 820.0, "web": 76.0}) == {
        "rasa": {"nach_1_min": 800.0, "am_ende": 820.0, "prozent": 2.5},
        "web": {"nach_1_min": 80.0, "am_ende": 76.0, "prozent": -5.0},
    }


def test_processor_time_and_memory_are_of_the_process_with_its_children() -> None:
    before, begun = cpu_seconds({"ich": os.getpid()})["ich"], time.process_time()
    while time.process_time() - begun < 0.2:
        pass
    assert 0.15 <= cpu_seconds({"ich": os.getpid()})["ich"] - before < 1
    alone = resident_mb({"ich": os.getpid()})["ich"]
    with subprocess.Popen([sys.executable, "-c", "b = b'x' * 50_000_000; print(flush=True); input()"], stdin=PIPE, stdout=PIPE) as child:
        assert child.stdout and child.stdout.readline()
        assert resident_mb({"ich": os.getpid()})["ich"] > alone + 45
        child.communicate(b"\n")


def test_too_short_a_soak_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="120"):
        run(Settings(home=tmp_path), print, as_json=False, seconds=60)


def test_stock_rasa_gets_its_own_stores_and_channel_and_our_actions(tmp_path: Path) -> None:
    endpoints, credentials = (yaml.safe_load(path.read_text("utf-8")) for path in configured(tmp_path, 6390, "http://127.0.0.1:5055"))
    assert credentials == {"rest": None}
    assert endpoints["action_endpoint"] == {"url": "http://127.0.0.1:5055/webhook"}
    for store in ("tracker_store", "lock_store"):
        assert endpoints[store]["type"] == "redis"
        assert endpoints[store]["port"] == 6390
    assert endpoints["tracker_store"]["db"] != endpoints["lock_store"]["db"]


@pytest.mark.stack
def test_a_short_load_over_the_whole_system_is_answered(stack: Stack) -> None:
    stack.conversation().say("Was kostet ein Reisepass?")  # what is loaded with the first message is loaded
    processes = {"rasa": stack.pid_of("rasa")}
    before = cpu_seconds(processes)
    seen = finished(generator("lotse", stack.running.web_url, plan(3, 3, 5, scripts())), 3)
    assert seen.nachrichten == 9
    assert seen.fehler == {}
    assert 0 < seen.p50_ms <= seen.p99_ms
    assert cpu_seconds(processes)["rasa"] > before["rasa"]
