"""Quality does not get worse unnoticed: the figures of each folder of gold stay above their floors."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kb.dev import floors

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))
FOLDERS = {"seed", "dev", "dev2", "blind", "plover", "hsg"}


def test_every_measure_has_its_floors():
    assert set(FLOORS) == FOLDERS


@pytest.mark.parametrize("name", FLOORS)
def test_figures_stay_above_their_floors(figures, gold_folder, name):
    wanted = {key: value for key, value in FLOORS[name].items() if key != "gold"}
    assert floors.digest(gold_folder(name)) == FLOORS[name]["gold"], "the gold has changed: set the floors again"
    found = figures(name)
    assert found.keys() == wanted.keys()
    assert {key: value for key, value in found.items() if value < wanted[key]} == {}


def test_goals_of_the_first_issue():
    """The floors themselves are not below what was promised first."""
    assert FLOORS["seed"]["f1"] >= 0.75
    for name in ("dev", "dev2", "blind"):
        assert FLOORS[name]["f1"] >= 0.45
        assert FLOORS[name]["precision"] >= 0.60


# --- the gate itself --------------------------------------------------------------------------------------------------

OLD = {"dev": {"gold": "a", "f1": 0.5, "precision": 0.8}}


@pytest.mark.parametrize(
    ("new", "lower"),
    [
        (OLD, []),
        ({"dev": {"gold": "b", "f1": 0.6, "precision": 0.8}}, []),
        ({"dev": {"gold": "a", "f1": 0.49, "precision": 0.9}}, [("dev", "f1")]),
        ({"dev": {"gold": "a", "f1": 0.5}}, [("dev", "precision")]),
        ({}, [("dev", "f1"), ("dev", "precision")]),
    ],
)
def test_a_floor_that_would_fall_is_found(new, lower):
    assert floors.falling(OLD, new) == lower


def test_lowering_needs_a_flag(tmp_path, monkeypatch):
    """A floor no run can reach stays where it is until somebody says that it may fall."""
    (tmp_path / "dev").mkdir()
    file = tmp_path / "floors.toml"
    file.write_text('[dev]\ngold = "a"\nf1 = 0.9\n', encoding="utf-8")
    monkeypatch.setattr(floors, "figures", lambda _folder, _reader: {"f1": 0.8})
    arguments = [str(tmp_path / "dev"), "--file", str(file)]
    monkeypatch.delenv("KB_LOWER_FLOORS", raising=False)
    with pytest.raises(SystemExit, match=r"dev\.f1"):
        floors.main.main(arguments, standalone_mode=False)
    assert "f1 = 0.9" in file.read_text(encoding="utf-8")
    monkeypatch.setenv("KB_LOWER_FLOORS", "1")
    floors.main.main(arguments, standalone_mode=False)
    written = tomllib.loads(file.read_text(encoding="utf-8"))["dev"]
    assert written == {"gold": floors.digest(tmp_path / "dev"), "f1": 0.79}
