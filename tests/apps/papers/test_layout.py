"""What is printed is what the paper says, in fonts that have every character of it."""

from __future__ import annotations

import io

import docx
import pypdf
import pytest

from huanfa.apps.papers import glyphs, layout_docx, layout_typst
from huanfa.core.errors import NotAllowed
from tests.a_paper import a_paper, templates

ALL = sorted(templates())


def pdf_text(data: bytes) -> str:
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def docx_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("id_", ALL)
def test_every_paper_prints_as_pdf_and_as_docx(id_):
    paper = a_paper(id_)

    pdf, word = pdf_text(layout_typst.render(paper)), docx_text(layout_docx.render(paper))

    for text in (pdf, word):
        assert paper.title in text and paper.number in text
        assert "{" not in text and "$" not in text


def test_the_amount_in_words_is_on_the_printed_approval_sheet():
    paper = a_paper("internal_approval", step="decide", fine=2_590_000)

    assert "人民币贰万伍仟玖佰元整（25,900元）" in pdf_text(layout_typst.render(paper))
    assert "人民币贰万伍仟玖佰元整（25,900元）" in docx_text(layout_docx.render(paper))


def test_the_pdf_is_a4_archival_and_always_the_same():
    paper = a_paper("penalty_decision")

    data = layout_typst.render(paper)

    assert data == layout_typst.render(paper)
    assert b"pdfaid:part>2<" in data and b"pdfaid:conformance>B<" in data
    box = pypdf.PdfReader(io.BytesIO(data)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_the_name_the_seal_and_the_date_never_stand_alone_on_a_page():
    for length in range(60, 1200, 60):
        paper = a_paper("correction_order", order_facts="水" * length)
        last = pypdf.PdfReader(io.BytesIO(layout_typst.render(paper))).pages[-1].extract_text()

        assert "联系人" in last and "2026年10月28日" in "".join(last.split())


def test_a_record_has_a_place_for_the_signature_on_every_page():
    questions = [{"q": "请说明情况。", "a": "情况如实。" * 20}] * 12

    pages = pypdf.PdfReader(io.BytesIO(layout_typst.render(a_paper("interview_record", questions=questions)))).pages

    assert len(pages) > 1
    assert all("被询问人（签名）" in page.extract_text() for page in pages)


def test_markup_in_a_value_is_printed_and_not_obeyed():
    hostile = '#panic("x") #eval("1+1") $a^2$ *粗体* _斜_ \\\\ [括] <标签> @引用 = 标题 // 注释'

    text = pdf_text(layout_typst.render(a_paper("penalty_decision", facts=hostile)))

    assert '#panic("x")#eval("1+1")' in text and "*粗体*" in text and "//注释" in text


def test_an_example_says_that_it_is_one():
    assert "不具有法律效力" in pdf_text(layout_typst.render(a_paper("prior_notice", example=True)))
    assert "不具有法律效力" not in pdf_text(layout_typst.render(a_paper("prior_notice", example=False)))


def test_a_preview_is_a_picture_of_one_page():
    assert layout_typst.render_png(a_paper("volume_cover")).startswith(b"\x89PNG")
    with pytest.raises(IndexError, match="没有第9页"):
        layout_typst.render_png(a_paper("volume_cover"), 9)


def test_a_character_no_font_has_is_refused_and_named():
    paper = a_paper("penalty_decision", party_name="\ue000公司")

    assert glyphs.uncovered(paper) == ["\ue000"]
    with pytest.raises(NotAllowed, match=r"U\+E000"):
        layout_typst.render(paper)


def test_without_a_fallback_font_rare_names_and_the_yuan_sign_are_refused(monkeypatch):
    bundled = {face: chain[:1] for face, chain in glyphs.CHAINS.items()}
    monkeypatch.setattr(glyphs, "chains", lambda: bundled)

    paper = a_paper("penalty_decision", party_legal_rep="王翀", facts="罚款￥100元")

    assert glyphs.uncovered(paper) == ["翀", "￥"]
    with pytest.raises(NotAllowed, match="“翀”"):
        layout_typst.render(paper)


def test_the_bundled_fonts_print_all_of_our_own_wording(monkeypatch):
    bundled = {face: chain[:1] for face, chain in glyphs.CHAINS.items()}
    monkeypatch.setattr(glyphs, "chains", lambda: bundled)

    assert {id_: glyphs.uncovered(a_paper(id_)) for id_ in ALL} == {id_: [] for id_ in ALL}


def test_no_bundled_font_is_trusted_with_the_yuan_sign():
    families = {info.family for info in glyphs.fonts().fonts() if info.path and info.path.startswith(str(glyphs.FONTS))}

    assert families == {"FandolFang R", "FandolHei", "FandolKai", "FandolSong"}
    assert not any({ord("￥"), ord("¥")} & glyphs._characters(family) for family in families)
