"""The report: JSON for machines, HTML for people, with the report before beside it and the diary of what was tried."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

HERE = Path(__file__).parent
KEPT = 20  # reports; each holds about 100 kB


def _words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "bericht.yml").read_text("utf-8"))
    return loaded


def confusion(pairs: list[list[str]]) -> str:
    """The confusion matrix (rows: right, columns: understood) as PNG in base64. Rows sum to 1."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = sorted({name for pair in pairs for name in pair})
    place = {name: i for i, name in enumerate(names)}
    counts = np.zeros((len(names), len(names)))
    for right, given in pairs:
        counts[place[right], place[given]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = pyplot.subplots(figsize=(12, 11))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90, fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=8)
    for row, column in zip(*np.nonzero(counts), strict=True):
        dark = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", fontsize=7, color=dark)
    words = _words()["matrix"]
    axes.set_ylabel(words["richtig"])
    axes.set_xlabel(words["verstanden"])
    figure.tight_layout()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=90)
    pyplot.close(figure)
    return base64.b64encode(picture.getvalue()).decode()


def marks(result: dict[str, Any]) -> list[dict[str, Any]]:
    """The measures with a mark to reach: name, value, must, aim, and whether each is reached."""
    german, plain = result["beides_deutsch"], result["gegen_suche"]
    values = {name: figures["wert"] for name, figures in result["gesamt"].items() if name != "n"} | {
        "beides_mittel": german["mittel"], "beides_schlechteste": german["schlechteste"][1],
        "vor_suche_alle": plain["alle"]["mittel"], "vor_suche_alltag": plain.get("alltag", plain["alle"])["mittel"],
        "nirgends_schlechter": min(one["bis"] for one in plain.values()),
        "falsch_angenommen_alle": _all_outside(result),
        "ms_p50": result["ms"]["p50"], "ms_p95": result["ms"]["p95"],
    }  # fmt: skip
    table = []
    for name, mark in _words()["ziele"].items():
        if name in values:
            sign = -1 if mark.get("weniger") else 1
            reached = {kind: sign * values[name] >= sign * mark[kind] for kind in ("muss", "ziel")}
            table.append({"name": mark["titel"], "wert": values[name], "muss": mark["muss"], "ziel": mark["ziel"], "erreicht": reached})
    return table


def _all_outside(result: dict[str, Any]) -> float:
    """False accepts over the hand-written sentences, half of them close to a city's themes, and the public ones."""
    groups = [one for one in (result["kategorien"].get("ausserhalb"), result["oeffentlich_ausserhalb"]) if one]
    return float(sum(one["falsch_angenommen"]["wert"] * one["n"] for one in groups) / sum(one["n"] for one in groups))


def compared(now: dict[str, Any], before: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Each figure of each category, now and before, with the difference; the largest changes first. Empty without a report before."""
    if before is None:
        return []
    rows = []
    for group in ("gesamt", "oeffentlich_ausserhalb", *now["kategorien"]):
        new = now["kategorien"].get(group) or now.get(group) or {}
        old = before["kategorien"].get(group) or before.get(group) or {}
        for name in sorted(set(new) & set(old) - {"n"}):
            change = new[name]["wert"] - old[name]["wert"]
            if abs(change) >= 0.0005:
                better = (change > 0) != (name == "falsch_angenommen")
                rows.append({"gruppe": group, "name": name, "vorher": old[name]["wert"], "jetzt": new[name]["wert"], "besser": better})
    return sorted(rows, key=lambda row: -abs(row["jetzt"] - row["vorher"]))


def summary(result: dict[str, Any]) -> str:
    """The marks as text lines, and the categories."""
    lines = [
        f"{mark['name']:58}{mark['wert']:>9.3f}   muss {mark['muss']:<5g} Ziel {mark['ziel']:<5g} {_word(mark['erreicht'])}"
        for mark in marks(result)
    ]
    columns = _words()["spalten"]
    lines += ["", f"{'':24}{'n':>5}" + "".join(f"{name[:17]:>19}" for name in columns)]
    for group, figures in result["kategorien"].items():
        shown = "".join(f"{figures[name]['wert']:>19.3f}" if name in figures else f"{'–':>19}" for name in columns)
        lines.append(f"{group:24}{figures['n']:>5}{shown}")
    return "\n".join(lines)


def _word(reached: dict[str, bool]) -> str:
    words = _words()["stufen"]
    return str(words["ziel"] if reached["ziel"] else words["muss"] if reached["muss"] else words["verfehlt"])


def write(folder: Path, result: dict[str, Any]) -> Path:
    """Writes ``<time>.json`` and ``.html`` into ``folder`` and gives the HTML's path. The oldest reports beyond 20 are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    earlier = sorted(folder.glob("*.json"))
    before = json.loads(earlier[-1].read_text("utf-8")) if earlier else None
    name = result["wann"].replace(":", "")[:17]
    (folder / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1), "utf-8")
    environment = Environment(loader=FileSystemLoader(HERE), undefined=StrictUndefined, autoescape=select_autoescape(["html"]))
    diary = yaml.safe_load((HERE / "tagebuch.yml").read_text("utf-8"))
    page = environment.get_template("bericht.html").render(
        jetzt=result, vorher=before, ziele=marks(result), vergleich=compared(result, before), bild=confusion(result["verwechslungen"]),
        worte=_words(), tagebuch=diary,
    )  # fmt: skip
    path = folder / f"{name}.html"
    path.write_text(page, "utf-8")
    for old in sorted(folder.glob("*.json"))[:-KEPT]:
        old.unlink()
        old.with_suffix(".html").unlink(missing_ok=True)
    return path
