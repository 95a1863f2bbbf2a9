"""Which fonts print a paper, and which of its characters none of them has. A paper with such a character is refused."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from huanfa.core.errors import NotAllowed, Reason
from huanfa.core.papers.paper import Paper

FONTS = Path(__file__).parent / "fonts"

# Each face of a paper, first the bundled font, then what a machine may have besides for rare characters of names.
CHAINS = {
    "song": ("FandolSong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun", "LXGW WenKai"),
    "fang": ("FandolFang R", "LXGW WenKai", "Noto Serif CJK SC", "Source Han Serif SC", "FangSong"),
    "hei": ("FandolHei", "Noto Sans CJK SC", "Source Han Sans SC", "SimHei", "Noto Serif CJK SC"),
    "kai": ("FandolKai", "LXGW WenKai", "Noto Serif CJK SC", "Source Han Serif SC", "KaiTi"),
}

# The bundled fonts have a glyph for these two, but it is a dollar sign: an amount would change its currency.
WRONG = frozenset("￥¥")


@cache
def fonts() -> typst.Fonts:
    """The bundled fonts, those in the folders of HUANFA_FONTS (separated as PATH is), and the machine's own."""
    folders = [folder for folder in os.environ.get("HUANFA_FONTS", "").split(os.pathsep) if folder]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(FONTS), *folders])


@cache
def chains() -> dict[str, tuple[str, ...]]:
    """The fonts of each chain that this machine really has, in order."""
    families = set(fonts().families())
    return {face: tuple(family for family in chain if family in families) for face, chain in CHAINS.items()}


@cache
def _characters(family: str) -> frozenset[int]:
    """The characters that every cut of a family has."""
    sets = []
    for font in fonts().fonts():
        if font.family == family and font.path:
            sets.append(_cmap(font.path, font.index))
    covered = frozenset.intersection(*sets) if sets else frozenset()
    return covered - {ord(sign) for sign in WRONG} if family.startswith("Fandol") else covered


@cache
def _cmap(path: str, index: int) -> frozenset[int]:
    number = index if path.lower().endswith((".ttc", ".otc")) else -1
    with TTFont(path, lazy=True, fontNumber=number) as font:
        return frozenset(font.getBestCmap() or {})


def uncovered(paper: Paper) -> list[str]:
    """The characters of a paper that some face it may stand in cannot print, in order of code point."""
    wanted = {ord(character) for character in paper.text() if not character.isspace()}
    missing: set[int] = set()
    for chain in chains().values():
        left = set(wanted)
        for family in chain:
            if not left:
                break
            left -= _characters(family)
        missing |= left
    return [chr(code) for code in sorted(missing)]


def check(paper: Paper) -> None:
    """Refuse a paper with characters that would print as a hole. Raises NotAllowed naming them."""
    if missing := uncovered(paper):
        named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in missing[:20])
        raise NotAllowed(
            [
                Reason(
                    f"《{paper.title}》中有本机字体都没有的字：{named}。"
                    "请安装收字更全的字体（如 fonts-noto-cjk、fonts-lxgw-wenkai），"
                    "或者把字体放进 HUANFA_FONTS 所指的文件夹后再制作"
                )
            ]
        )
