"""Text and pictures drawn from the pages of files, in the sandbox, within limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from portal.documents import drawing
from portal.documents.drawing import pictures_in, readable, texts_in
from portal.documents.inspection import kinds, read_pdf_pages
from portal.documents.sandbox import SandboxFailed
from tests.documents.odf_parts import TEXT, odf, part, rebuilt
from tests.documents.pdf_objects import FONT, page, stream, written

ROOT = Path(__file__).parents[2]
HUGE = b"0 0 14400 14400"


def pages(*texts: bytes, box: bytes = b"0 0 595 842") -> bytes:
    """A PDF with a page for each of these texts."""
    kids = [3 + 2 * at for at in range(len(texts))]
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 1000: FONT}
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[2] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (listed, len(kids))
    for kid, text in zip(kids, texts, strict=True):
        own = page(box=box).replace(b"4 0 R", b"%d 0 R" % (kid + 1)).replace(b"5 0 R", b"1000 0 R")
        objects[kid] = own
        objects[kid + 1] = stream(b"BT /F1 24 Tf 50 700 Td (%s) Tj ET" % text if text else b"")
    return written(dict(sorted(objects.items())))


def texts(folder: Path, content: bytes, media_type: str = kinds.PDF) -> Sequence[tuple[int, str]]:
    path = folder / "file"
    path.write_bytes(content)
    return texts_in(path, media_type)


class TestTextsIn:
    def test_it_is_a_text_for_each_page(self, app: Flask, tmp_path: Path) -> None:
        assert texts(tmp_path, pages(b"Een haven", b"", b"Twee havens")) == [
            (1, "Een haven"),
            (2, ""),
            (3, "Twee havens"),
        ]

    def test_it_is_one_text_of_a_document_without_pages(self, app: Flask, tmp_path: Path) -> None:
        assert texts(tmp_path, odf(words="Wij delen  gegevens"), TEXT) == [
            (0, "Wij delen gegevens")
        ]

    def test_it_leaves_out_what_was_deleted_or_noted_in_the_margin(
        self, app: Flask, tmp_path: Path
    ) -> None:
        body = b"<text:p>Toezegging</text:p>"
        assert body in part("content.xml")
        noted = body.replace(
            b"Toezegging",
            b"Wij<text:tab/>delen<text:line-break/>dit<office:annotation><text:p>geheim</text:p>"
            b"</office:annotation>",
        )
        deleted = b"<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
        content = part("content.xml").replace(body, deleted + noted)
        found = texts(tmp_path, rebuilt(changes={"content.xml": content}), TEXT)
        assert found == [(0, "Wij delen\ndit")]

    def test_it_fails_on_what_is_no_document(self, app: Flask, tmp_path: Path) -> None:
        for media_type in (kinds.PDF, TEXT):
            with pytest.raises(SandboxFailed):
                texts(tmp_path, b"niets", media_type)


class TestPicturesIn:
    def test_it_draws_from_a_page_on_and_never_larger_than_it_may(
        self, app: Flask, tmp_path: Path
    ) -> None:
        path = tmp_path / "file"
        path.write_bytes(pages(b"Een", b"Twee", b"Drie", box=HUGE))
        drawn = pictures_in(path, 2, 5)
        assert len(drawn) == 2
        for picture in drawn:
            assert picture is not None
            assert picture.webp.startswith(b"RIFF")
            assert 0 < picture.width <= drawing.PICTURE_WIDTH
            assert 0 < picture.height <= drawing.PICTURE_HEIGHT


@pytest.mark.parametrize(
    ("drawn", "words"),
    [
        ("no sea taki\x02mata", "no sea takimata"),
        ("uit\x02\r\nwisseling", "uitwisseling"),
        ("een  twee \r\ndrie\r\n\r\n\r\n\r\nvier", "een twee\ndrie\n\nvier"),
        ("a\x00b\ufffec\ud800", "abc"),
    ],
)
def test_it_gives_words_whole_and_nothing_that_only_machines_read(drawn: str, words: str) -> None:
    assert readable(drawn) == words


def test_its_limits_are_those_of_the_handbook() -> None:
    handbook = (ROOT / "docs/limits.md").read_text()
    for words in (
        f"{drawing.CPU_SECONDS} seconden rekenen en {drawing.WALL_SECONDS:.0f} seconden duren",
        f"hoogstens {read_pdf_pages.MOST_PAGES} pagina’s",
        f"eerste {drawing.MOST_PICTURES} pagina’s",
        f"{drawing.PICTURE_WIDTH} bij {drawing.PICTURE_HEIGHT} punten",
    ):
        assert words in " ".join(handbook.split()), words
