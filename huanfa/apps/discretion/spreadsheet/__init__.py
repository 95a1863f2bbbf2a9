"""The spreadsheet form of a benchmark (裁量基准填报表), out and in. No Django here: the command line uses it without.

columns.py  the sheets and their columns: the one definition for both directions
cells.py    one cell ↔ one value of a rule file
writing.py  plain rule data → a workbook
example.py  the instructions and the worked example of an empty form
opening.py  a file from anywhere → rows of cells, or every reason why not
reading.py  rows of cells → plain rule data, or every fault with its sheet and cell

What these hand over is plain data as TOML would give it; whether it is a benchmark is judged by core (see ../intake.py).
"""

from huanfa.apps.discretion.spreadsheet.reading import Form, read
from huanfa.apps.discretion.spreadsheet.writing import write

__all__ = ["Form", "read", "write"]
