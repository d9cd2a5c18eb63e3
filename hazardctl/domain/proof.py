"""The proof of a ledger: what was looked at, what is at fault, and what is suspicious."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hazardctl.domain.figures import counted
from hazardctl.domain.finding import Finding

_GOOD = frozenset({"digest-signed"})


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a proof: what it looked at, in numbers, and what it found at fault."""

    name: str
    facts: Mapping[str, object]
    findings: Sequence[Finding]


@dataclass(frozen=True, slots=True)
class Proof:
    """A ledger as it was proved: its digest, each step, and what is suspicious though lawful."""

    ledger_id: str
    schema: int
    events: int
    head: str  # the hash of the last event, in hex
    states: Mapping[str, int]  # how many hazards are in each
    evidence: int
    steps: Sequence[Step] = ()
    remarks: Sequence[Finding] = ()

    @property
    def findings(self) -> list[Finding]:
        """All that is at fault."""
        return [finding for step in self.steps for finding in step.findings]

    @property
    def suspicions(self) -> list[Finding]:
        """What is suspicious though lawful: remarks that speak well of a ledger are none."""
        return [remark for remark in self.remarks if remark.code not in _GOOD]

    @property
    def hazards(self) -> int:
        """How many hazards there are."""
        return sum(self.states.values())

    @property
    def closed(self) -> int:
        """How many of them are signed off."""
        return counted(self.states)["closed"]

    @property
    def open(self) -> int:
        """How many of them are open."""
        return counted(self.states)["open"]
