"""Sign the day's root over all dossiers; to be run once a day by the machine's own timer, or by hand."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from huanfa.apps.ledger.actions import seal_day


class Command(BaseCommand):
    """manage.py seal_day [--day 2026-11-24]"""

    help = "封存当日台账：对全部案卷的末条摘要计算总摘要并签名。每天运行一次，重复运行不会改变已封存的结果。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The day, if not today."""
        parser.add_argument("--day", type=date.fromisoformat, help="检查点的日期，不填为今天；不能早于已有的检查点")

    def handle(self, *args: Any, day: date | None = None, **options: Any) -> None:
        """Seal, and print what a bureau publishes."""
        today = timezone.localdate()
        if day and day > today:
            raise CommandError(f"{day}在今天之后，不能封存。")
        point = seal_day(day or today)
        if point is None:
            self.stdout.write(f"{day or today}（或者更晚的日期）已经封存，没有重复封存。")
            return
        self.stdout.write(f"已封存{point.day}：{point.size} 份案卷，总摘要 {point.root}")
        self.stdout.write(f"签名 {point.signature}")
        self.stdout.write(f"公钥 {point.public_key}")
