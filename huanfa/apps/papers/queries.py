"""Reading papers back as core knows them."""

import json

from huanfa.apps.papers.models import Paper
from huanfa.core.ledger.entry import digest
from huanfa.core.papers import Paper as Finished


def finished(row: Paper) -> Finished:
    """The finished paper of a row. Raises ValueError if its text no longer has the hash it was kept under."""
    if digest(row.content.encode()) != row.sha256:
        raise ValueError(f"{row.title}（{row.number}）的内容与登记的摘要不符")
    return Finished.from_data(json.loads(row.content))
