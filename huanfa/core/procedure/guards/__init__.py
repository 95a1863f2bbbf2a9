"""Named conditions, one function each, with the article in its docstring. Procedure files name them under `needs`.

A guard is handed the standing, the facts, the values filled in (empty while the page only asks what could be done) and
the legal date of the act. It returns the reasons against the step: [] when it has none, and also when it hangs on a
value that is not filled in yet.
"""

from huanfa.core.procedure.guards import decision, discretion, evidence, execution, filing, hearing, review  # noqa: F401
from huanfa.core.procedure.guards.registry import GUARDS, Guard

__all__ = ["GUARDS", "Guard"]
