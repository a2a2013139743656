"""A paper is set as what everybody can read, whatever somebody typed."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from pypdfium2 import PdfDocument

from portal.papers import typesetting
from portal.papers.paper import (
    Bar,
    Bars,
    Form,
    Heading,
    Length,
    Paper,
    Table,
    Term,
    Terms,
    Tile,
    Tiles,
    Words,
)
from portal.papers.refusals import PressBusy
from portal.papers.typesetting import typeset
from tests.documents.readers import readers_running
from tests.harness.papers import read_pdf

MARKUP = '#panic("x") $x^2$ *vet* _schuin_ @naar <naam> // weg \\ `code` #sys.inputs = kop'


def paper_about(words: str) -> Paper:
    """Return a paper with these words in every place that holds words."""
    said = Words(words, "en", "https://voorbeeld.example/#" + "x")
    bar = Bar(said, Words("3"), [Length("late", 3)], [said])
    term = Term("open", 10, 30, (0, 5), said, [said])
    return Paper(
        title=words,
        language="nl",
        publisher=words,
        address="https://voorbeeld.example/waar?q=%22%23x%22",
        notes=[(words, words)],
        blocks=[
            Heading(words),
            said,
            Bars([words, words, words], 3, [bar]),
            Terms([words, words], [words], 20, [term]),
            Table([words, words], [[said, said]]),
        ],
        source_word="Bron",
        page_word="Pagina",
    )


STRANGE = ("🌱 groei", "مرحبا", "共同基盤", "bel\x07 en \u202e om", "\ue000")


@pytest.mark.usefixtures("app")
class TestPdf:
    def test_it_prints_what_looks_like_markup_as_it_was_typed(self) -> None:
        read = read_pdf(typeset(paper_about(MARKUP), Form.PDF))
        assert read.title == MARKUP
        # Lines break where they must, in a PDF as well.
        bare = MARKUP.replace(" ", "")
        assert read.text.replace(" ", "").count(bare) >= 10

    def test_it_can_be_read_aloud_everywhere(self) -> None:
        read = read_pdf(typeset(paper_about("Waar staan we?"), Form.PDF))
        assert read.is_tagged
        assert (read.title, read.language) == ("Waar staan we?", "nl")
        assert not read.absent_fonts
        assert "https://voorbeeld.example/waar?q=%22%23x%22" in read.links

    @pytest.mark.parametrize(
        "words", ["🌱 groei", "مرحبا", "共同基盤", "bel\x07 en \u202e om", "\ue000"]
    )
    def test_it_is_made_of_signs_without_a_letter_too(self, words: str) -> None:
        read = read_pdf(typeset(paper_about(words + " Gemeente"), Form.PDF))
        assert read.is_tagged
        assert "Gemeente" in read.text

    def test_it_leaves_nothing_running(self) -> None:
        typeset(paper_about("Kort"), Form.PDF)
        assert not readers_running()


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("lines", [26, 30, 34])
def test_it_leaves_a_map_whole(lines: int) -> None:
    places = [Tile(Words(f"Streek {down}"), Words("1"), 1, down) for down in range(1, 6)]
    blocks = [*[Words("Een regel.") for _line in range(lines)], Tiles(places)]
    body = typeset(replace(paper_about("Kaart"), blocks=blocks), Form.PDF)
    texts = [page.get_textpage().get_text_range() for page in PdfDocument(body)]
    assert [text.count("Streek") for text in texts if "Streek" in text] == [5]


@pytest.mark.usefixtures("app")
def test_a_picture_is_as_high_as_what_it_shows() -> None:
    short, long = (
        Image.open(BytesIO(typeset(paper_about(words), Form.PNG)))
        for words in ("Kort", "Veel langer " * 40)
    )
    assert short.format == long.format == "PNG"
    assert short.width == long.width
    assert short.height < long.height


def test_it_says_that_it_has_no_room_for_what_is_too_much(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = typesetting.reader_limits()
    monkeypatch.setattr(
        typesetting, "reader_limits", lambda: type(limits)(limits.turns, memory_bytes=1)
    )
    with pytest.raises(PressBusy):
        typeset(paper_about("Te veel"), Form.PDF)


@pytest.mark.usefixtures("app")
def test_it_sets_the_same_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = typeset(paper_about("Eén keer"), Form.PDF)

    def never(*_given: object, **_named: object) -> dict[str, object]:
        raise AssertionError

    monkeypatch.setattr(typesetting, "run_reader", never)
    assert typeset(paper_about("Eén keer"), Form.PDF) == first
