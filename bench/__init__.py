"""Measures Huanfa at the size of a province: `python -m bench`. Nothing outside this folder imports it."""
