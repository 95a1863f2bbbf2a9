"""What the officers of the demonstration write into the forms of each step."""

from huanfa.demo.wording import decision, investigation, report
from huanfa.demo.wording.base import WORDS, said
from huanfa.demo.wording.report import weighed

__all__ = ["WORDS", "decision", "investigation", "report", "said", "weighed"]
