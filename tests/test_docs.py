"""What the front pages claim is counted; every file the docs name exists; every step and table is in the glossary."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.apps import apps

from huanfa.core import rulebook
from huanfa.core.discretion import library

HOUSE = Path(__file__).resolve().parents[1]
BOOK = rulebook.load("jianghan-demo")
ORDINARY = BOOK.procedure("ordinary", date(2026, 11, 24))
DOCS = sorted([*HOUSE.glob("*.md"), *HOUSE.glob("docs/**/*.md")])


@pytest.mark.parametrize(
    ("words", "number"),
    [
        (r"(\d+) steps with their order|\*\*普通程序\*\*：(\d+) 个步骤", len(ORDINARY.steps)),
        (r"(\d+) offences with|\*\*案由\*\* (\d+) 个", len(BOOK.offences)),
        (r"(\d+) periods of law|；(\d+) 项期限", len(BOOK.terms)),
        (r"(\d+) tables of Guangdong 2022|广东2022年裁量表 (\d+) 张", len(library.load("guangdong/2022").tables)),
        (r"and (\d+) of Jiangmen 2020|江门2020年 (\d+) 张", len(library.load("jiangmen/2020").tables)),
        (r"(\d+) papers as PDF|(\d+) 种文书，PDF", len(BOOK.templates)),
    ],
)
def test_the_front_pages_count_what_is_there(words, number):
    for name in ("README.md", "README.zh-CN.md"):
        found = re.search(words, (HOUSE / name).read_text(encoding="utf-8"))
        assert found, f"{name}: {words}"
        assert int(found.group(1) or found.group(2)) == number


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_file_that_the_docs_name_exists(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:core|apps|rules|tests|bench|huanfa|docs|scripts)/[\w./\-]+?)`", text)
    missing = [one for one in named if not any((HOUSE / base / one).exists() for base in ("", "huanfa"))]

    assert missing == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_link_between_the_docs_leads_somewhere(page):
    links = re.findall(r"\]\(((?!https?:)[^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_step_and_every_table_is_in_the_glossary():
    words = set(re.findall(r"[a-z_]+", (HOUSE / "docs/glossary.md").read_text(encoding="utf-8")))
    tables = {
        re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()
        for model in apps.get_models()
        if model.__module__.startswith("huanfa.")
    }

    assert (set(ORDINARY.steps) | tables) - words == set()
