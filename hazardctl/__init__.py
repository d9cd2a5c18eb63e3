"""A command-line ledger of safety hazards (安全生产事故隐患台账)."""

__version__ = "0.2.0"
