"""Wording and finished papers: a `Template` is read from a rule file, `fill` makes a `Paper` that no longer changes."""

from huanfa.core.papers.number import format_number, gaps, parse_number
from huanfa.core.papers.paper import SHARED_VALUES, Paper, Template, fill, parse

__all__ = ["SHARED_VALUES", "Paper", "Template", "fill", "format_number", "gaps", "parse", "parse_number"]
