"""Other ways to compute the same table, beside which ours is measured. Their packages are in requirements-bench.txt only.

chain.py      an if chain written by hand: no dates, no articles, no trace
gorules.py    zen-engine: a decision graph drawn up from the loaded benchmark
openfisca.py  openfisca-core: variables made from the loaded benchmark
"""
