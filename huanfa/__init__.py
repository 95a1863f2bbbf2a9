"""Huanfa (环法): administrative penalty cases of an ecology and environment bureau, from clue to closed file."""

__version__ = "0.1.0"
