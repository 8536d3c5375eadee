"""SHACL decides what enters the base; a claim that stays out is a result, not an error."""

from __future__ import annotations

from kb.gate.admission import Admission, Rejection
from kb.gate.gate import Gate, load_gate
from kb.gate.report import GateReport, Result

__all__ = ["Admission", "Gate", "GateReport", "Rejection", "Result", "load_gate"]
