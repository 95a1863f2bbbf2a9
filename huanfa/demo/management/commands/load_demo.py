"""Load the demonstration into an empty database."""

from argparse import ArgumentParser
from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from huanfa.core import rulebook as rules
from huanfa.core.errors import NotAllowed
from huanfa.demo.loading import SEED, day_for, load
from huanfa.demo.people import PACK, PASSWORD


class Command(BaseCommand):
    """manage.py load_demo [--seed 2024] [--today 2026-11-24]"""

    help = "装入演示数据：虚构的分局、企业、2024年全年案件和检查，以及停在各个环节的在办案件。只装入空库。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which demonstration, and as of which day."""
        parser.add_argument("--seed", type=int, default=SEED, help="随机种子；种子和日期相同，装出来的数据相同")
        parser.add_argument("--today", type=date.fromisoformat, help="在办案件以哪一天为今天，不填为今天")

    def handle(self, *args: Any, seed: int, today: date | None = None, **options: Any) -> None:
        """Load, tell how it goes, and how to sign in."""
        begun = monotonic()
        wanted = today or timezone.localdate()
        try:
            day = day_for(wanted, rules.load(PACK))
            if day != wanted:
                self.stdout.write(f"节假日安排只载入到{day.year}年，在办案件以{day}为今天，不是{wanted}。")
            loaded = load(seed, day, say=self.stdout.write)
        except NotAllowed as refused:
            raise CommandError("\n".join([str(refused), *getattr(refused, "__notes__", ())])) from None
        self.stdout.write(
            f"已装入：当事人 {loaded.parties} 家，案件 {loaded.cases} 件，办理事项 {loaded.acts} 项，"
            f"用时 {monotonic() - begun:.0f} 秒。全部数据为虚构，文书带“示例”字样。"
        )
        self.stdout.write(f"登录密码都是 {PASSWORD}，例如 chenliben（执法人员）、hemingfa（法制审核）、xuguoping（主要负责人）。")
        if not settings.HUANFA_DEMO:
            self.stdout.write("设置环境变量 HUANFA_DEMO=1 后，登录页会列出全部演示账号和密码。")
