"""Policy packs: a school's scales, thresholds and clauses as data, checked when they are loaded."""

from webapp.policies.loader import PolicyError, available, load, load_file
from webapp.policies.pack import CodeRule, Decision, MarkRule, Pack

__all__ = ["CodeRule", "Decision", "MarkRule", "Pack", "PolicyError", "available", "load", "load_file"]
