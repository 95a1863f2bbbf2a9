"""Offences (案由): which article was broken, which one punishes it, how high a fine may be, and from when to when.

words.py    the fixed vocabularies and their Chinese labels
offence.py  Offence, Regime, Tier, Fine: what the law says, picked by the date of the conduct
fines.py    is this amount within what the law allows?
parse.py    from TOML, with every fault and its line; citations against the table of laws
"""

from huanfa.core.offences.check import check_against_laws, check_ids
from huanfa.core.offences.fines import check_fine
from huanfa.core.offences.offence import Fine, Offence, Personal, Regime, Tier
from huanfa.core.offences.parse import parse

__all__ = ["Fine", "Offence", "Personal", "Regime", "Tier", "check_against_laws", "check_fine", "check_ids", "parse"]
