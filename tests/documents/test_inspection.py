"""Uploaded documents: what is taken, what is known of it, and what is refused."""

import hashlib
import io
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from portal.documents.fields import clean_file_name
from portal.documents.inspection import DocumentRefused, Inspection, Reason, inspect_document
from tests.documents.odf_parts import TEXT, odf, part, rebuilt, zipped
from tests.documents.pdf_objects import locked_pdf, packed_pdf, page, pdf, stream
from tests.documents.readers import LIMITS, readers_running

MOST = 50_000_000
SCRIPT = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
LISTENER = b'<script:event-listener script:event-name="dom:load" xlink:href="%s"/>'
SCRIPT_TEXT = b"<office:script><office:module>Beep</office:module></office:script>"
LAUNCH = b"<< /S /Launch /F (calc.exe) >>"


@pytest.fixture
def inspected(tmp_path):
    def inspect(content: bytes, name: str = "stuk.pdf", max_bytes: int = MOST) -> Inspection:
        path = tmp_path / "upload"
        path.write_bytes(content)
        return inspect_document(path, name, max_bytes=max_bytes, limits=LIMITS)

    return inspect


@pytest.fixture
def refused(inspected):
    def refuse(
        content: bytes | Callable[[], bytes], name: str = "stuk.pdf", max_bytes: int = MOST
    ) -> Reason:
        # What takes long to make is made here, not in every process that collects tests.
        sent = content() if callable(content) else content
        with pytest.raises(DocumentRefused) as refusal:
            inspected(sent, name, max_bytes)
        return refusal.value.reason

    return refuse


def titled(title: bytes, *, catalog: bytes = b"") -> bytes:
    more = [b"<< /Title " + title + b" >>"]
    return pdf(catalog=catalog, more=more, trailer=b"/Info 6 0 R")


def body_with(element: bytes) -> dict[str, bytes]:
    content = part("content.xml").replace(b"<office:body>", b"<office:body>" + element)
    return {"content.xml": content}


def styles_with(element: bytes) -> bytes:
    styles = part("styles.xml")
    end = styles.index(b">", styles.index(b"<office:styles")) + 1
    return styles[:end] + element + styles[end:]


def module(code: str) -> bytes:
    """A module of Basic as office programs write it."""
    start = '<?xml version="1.0" encoding="UTF-8"?>\n<script:module xmlns:script="s">'
    return f"{start}{code}</script:module>".encode()


class TestPdf:
    def test_tells_what_the_file_is(self, inspected):
        content = titled(b"(Plan  van aanpak)", catalog=b"/Lang (nl-NL)")
        found = inspected(content)
        assert (found.media_type, found.extension) == ("application/pdf", "pdf")
        assert (found.size, found.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert (found.page_count, found.title, found.language) == (1, "Plan van aanpak", "nl-NL")

    @pytest.mark.parametrize(
        "before",
        [
            b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n",
            b"\x1b%-12345X@PJL JOB\r\n@PJL ENTER LANGUAGE=PDF\r\n",
            b"x" * 1023,
        ],
        ids=["website", "printer", "far"],
    )
    def test_takes_what_machines_wrote_before_it_and_stores_the_file_as_it_is(
        self, inspected, before
    ):
        found = inspected(before + titled(b"(Plan)"))
        assert (found.page_count, found.title, found.has_text) == (1, "Plan", True)
        assert found.sha256 == hashlib.sha256(before + titled(b"(Plan)")).hexdigest()

    def test_tells_that_a_file_says_nothing_of_itself(self, inspected):
        found = inspected(pdf(catalog=b"/Lang (<b>nl</b>)"))
        assert (found.title, found.language, found.is_tagged) == (None, None, False)

    def test_takes_turning_marks_out_of_the_title(self, inspected):
        title = "\ufeffPlan \u202efdp.exe".encode("utf-16-be").hex().encode()
        assert inspected(titled(b"<" + title + b">")).title == "Plan fdp.exe"

    def test_sees_tags_and_text(self, inspected):
        found = inspected(pdf(catalog=b"/MarkInfo << /Marked true >>"))
        assert (found.is_tagged, found.has_text) == (True, True)

    def test_sees_that_a_scan_has_no_text(self, inspected):
        assert inspected(pdf(content=b"0 0 100 100 re f")).has_text is False

    def test_draws_the_first_page_480_pixels_wide(self, inspected):
        preview = inspected(pdf()).preview
        with Image.open(io.BytesIO(preview.webp)) as picture:
            assert picture.format == "WEBP"
            assert picture.size == (preview.width, preview.height) == (480, 680)
            assert picture.convert("L").getextrema()[0] < 100

    @pytest.mark.parametrize("box", [b"0 0 14400 1", b"0 0 1 14400", b"0 0 1e9 1e9", b"0 0 0 0"])
    def test_draws_a_page_of_absurd_size_small(self, inspected, box):
        preview = inspected(pdf(page_object=page(box=box))).preview
        assert 1 <= preview.width <= 480
        assert 1 <= preview.height <= 1440

    def test_takes_words_about_scripts(self, inspected):
        catalog = (
            b"/StructTreeRoot << /RoleMap << /JavaScript /P /Launch /P >> /K ["
            b"<< /Type /StructElem /S /JavaScript /P 1 0 R >>"
            b"<< /Type /StructElem /S /Launch /P 1 0 R >>] >>"
        )
        title = b"(<< /S /JavaScript /JS \\(x\\) >> << /S /Launch /F >>)"
        assert inspected(titled(title, catalog=catalog)).title.startswith("<< /S /JavaScript")

    def test_answers_the_same_to_many_threads_at_once(self, tmp_path):
        path = tmp_path / "upload"
        path.write_bytes(pdf())
        with ThreadPoolExecutor(6) as pool:
            found = list(
                pool.map(
                    lambda _: inspect_document(path, "a.pdf", max_bytes=MOST, limits=LIMITS),
                    range(6),
                )
            )
        assert len(set(found)) == 1

    @pytest.mark.parametrize(
        "content",
        [
            pdf(catalog=b"/OpenAction " + SCRIPT),
            pdf(catalog=b"/OpenAction << /#53 /Java#53cript /J#53 (x) >>"),
            pdf(catalog=b"/OpenAction << /S % )\n /JavaScript /JS % (\n (x) >>"),
            pdf(
                catalog=b"/OpenAction << /S 6 0 R /JS 7 0 R >>", more=[b"/JavaScript", stream(b"x")]
            ),
            pdf(catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [" + SCRIPT + b"] >>"),
            pdf(catalog=b"/Names << /JavaScript << /Names [(a) " + SCRIPT + b"] >> >>"),
            pdf(page_object=page(b"/AA << /O " + SCRIPT + b" >>")),
            pdf(page_object=page(b"/Annots [<< /Subtype /Link /A " + SCRIPT + b" >>]")),
            packed_pdf(b"/OpenAction 6 0 R", SCRIPT),
            pdf(catalog=b"/AcroForm << /Fields [] /XFA 6 0 R >>", more=[stream(b"<xdp/>")]),
        ],
        ids=[
            "open",
            "escaped",
            "comments",
            "indirect",
            "next",
            "names",
            "page",
            "link",
            "packed",
            "xfa",
        ],
    )
    def test_refuses_scripts_wherever_they_hide(self, refused, content):
        assert refused(content) is Reason.PDF_SCRIPT

    @pytest.mark.parametrize(
        "content",
        [
            pdf(catalog=b"/OpenAction " + LAUNCH),
            pdf(catalog=b"/OpenAction << /S /Launch /Win << /F (calc.exe) >> >>"),
            pdf(catalog=b"/OpenAction << /S 6 0 R /F (calc.exe) >>", more=[b"/L#61unch"]),
            pdf(page_object=page(b"/Annots [<< /Subtype /Link /A " + LAUNCH + b" >>]")),
            packed_pdf(b"/OpenAction 6 0 R", LAUNCH),
        ],
        ids=["open", "windows", "indirect", "link", "packed"],
    )
    def test_refuses_an_action_that_starts_a_program(self, refused, content):
        assert refused(content) is Reason.PDF_LAUNCH

    @pytest.mark.parametrize("opens", [True, False])
    def test_refuses_a_lock(self, refused, opens):
        assert refused(locked_pdf(opens_without_password=opens)) is Reason.PDF_LOCKED

    @pytest.mark.parametrize(
        "content",
        [
            b"%PDF-1.7\n",
            b"%PDF-1.4\n" + b"x" * 5000,
            pdf()[:300],
            pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
            pdf().replace(b"/Count 1", b"/Count 9999"),
            pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0"),
        ],
        ids=["header", "nonsense", "cut", "loop", "false count", "no pages"],
    )
    def test_refuses_a_broken_file(self, refused, content):
        assert refused(content) is Reason.UNREADABLE

    def test_refuses_what_would_take_the_machine_and_leaves_nothing_running(self, refused):
        drawn = page().replace(b"4 0 R", b"6 0 R")
        bomb = zlib.compress(zlib.compress(bytes(900_000_000), 1), 9)
        packed = stream(bomb, b"/Filter [/FlateDecode /FlateDecode]")
        assert refused(pdf(page_object=drawn, more=[packed])) is Reason.UNREADABLE
        assert readers_running() == []

    def test_refuses_a_drawing_that_repeats_itself_without_end(self, refused):
        forms = [
            stream(
                b"/X%d Do " % (level + 1) * 10,
                b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] "
                b"/Resources << /XObject << /X%d %d 0 R >> >>" % (level + 1, level + 7),
            )
            for level in range(12)
        ]
        last = stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]")
        drawn = page().replace(b"/Font", b"/XObject << /X0 6 0 R >> /Font")
        content = pdf(content=b"/X0 Do", page_object=drawn, more=[*forms, last])
        assert refused(content) is Reason.UNREADABLE


class TestOdf:
    @pytest.mark.parametrize(
        ("kind", "extension"), [("text", "odt"), ("spreadsheet", "ods"), ("presentation", "odp")]
    )
    def test_takes_texts_spreadsheets_and_presentations(self, inspected, kind, extension):
        found = inspected(odf(kind), f"stuk.{extension}")
        assert found.media_type == f"application/vnd.oasis.opendocument.{kind}"
        assert found.extension == extension
        assert (found.title, found.language) == ("Plan", "nl-NL")
        assert (found.is_tagged, found.preview) == (None, None)

    def test_tells_pages_and_text(self, inspected):
        found = inspected(odf(), "stuk.odt")
        assert (found.page_count, found.has_text) == (1, True)
        assert inspected(odf(words=" "), "stuk.odt").has_text is False

    def test_takes_the_language_of_the_styles_when_the_file_names_none(self, inspected):
        styles = part("styles.xml").replace(b'fo:language="fr"', b'fo:language="nl"')
        styles = styles.replace(b'fo:country="FR"', b'fo:country="NL"')
        found = inspected(
            rebuilt(changes={"styles.xml": styles}, without=("meta.xml",)), "stuk.odt"
        )
        assert (found.language, found.page_count, found.title) == ("nl-NL", None, None)

    @pytest.mark.parametrize(
        "content",
        [
            lambda: rebuilt(more={"Basic/Standard/Module1.xml": b"x"}),
            lambda: rebuilt(
                more={"Basic/Standard/Module1.xml": module("Sub Main : Shell a : End Sub")}
            ),
            lambda: rebuilt(more={"Basic/Standard/Module1.xml": module("REMark = Shell(a)")}),
            lambda: rebuilt(
                more={"Basic/Standard/script-lb.xml": module("Sub Main\nBeep\nEnd Sub")}
            ),
            lambda: rebuilt(more={"Scripts/python/macro.py": b"x"}),
            lambda: rebuilt(more={"Object 1/basic/Standard/x.xml": b"x"}),
            lambda: rebuilt(changes=body_with(LISTENER % b"macro:///Tools.Misc.Run")),
            lambda: rebuilt(
                changes=body_with(LISTENER % b"vnd.sun.star.script:x?location=application")
            ),
            lambda: rebuilt(
                changes=body_with(b'<form:button script:macro-name="application:Run"/>')
            ),
            lambda: rebuilt(
                changes=body_with(b'<text:a xlink:href="&#118;nd.sun.star.script:x"/>')
            ),
            lambda: rebuilt(more={"Object 1/content.xml": body_with(SCRIPT_TEXT)["content.xml"]}),
            lambda: rebuilt(changes={"styles.xml": styles_with(LISTENER % b"macro:///Run")}),
        ],
        ids=[
            "basic",
            "one line",
            "no comment",
            "list",
            "scripts",
            "object",
            "listener",
            "of the program",
            "name",
            "link",
            "in content of an object",
            "in styles",
        ],
    )
    def test_refuses_macros(self, refused, content):
        assert refused(content, "stuk.odt") is Reason.ODF_MACROS

    def test_takes_what_runs_nothing(self, inspected):
        idle = "REM  *****  BASIC  *****\nOption VBASupport 1\n\nSub Main\n\nEnd Sub\n"
        remains = {
            "Basic/": b"",
            "Basic/script-lc.xml": b'<library:libraries xmlns:library="l"/>',
            "Basic/Standard/script-lb.xml": b"<library/>",
            "Basic/Standard/Module1.xml": module(idle),
            "Scripts/": b"",
            "Dialogs/dialog-lc.xml": b"<libraries/>",
        }
        listener = LISTENER % b"vnd.sun.star.script:Standard.a?language=Basic&amp;location=document"
        content = rebuilt(more=remains, changes=body_with(listener))
        assert inspected(content, "stuk.odt").page_count == 1

    def test_takes_a_document_that_repeats_itself(self, inspected):
        row = b"<text:p>Eigenaar: gemeente</text:p>"
        content = rebuilt(changes=body_with(row * 300_000), more={"Pictures/a.bmp": bytes(10**7)})
        assert len(content) < 200_000
        assert inspected(content, "stuk.odt").has_text

    def test_refuses_a_lock(self, refused):
        locked = part("META-INF/manifest.xml").replace(
            b"</manifest:manifest>",
            b'<manifest:file-entry manifest:full-path="content.xml">'
            b"<manifest:encryption-data/></manifest:file-entry></manifest:manifest>",
        )
        content = rebuilt(changes={"META-INF/manifest.xml": locked})
        assert refused(content, "stuk.odt") is Reason.ODF_LOCKED

    @pytest.mark.parametrize(
        "content",
        [
            lambda: rebuilt(without=("mimetype",)),
            lambda: rebuilt(changes={"mimetype": b"text/plain"}),
            lambda: rebuilt(without=("META-INF/manifest.xml",)),
            lambda: rebuilt(without=("content.xml",)),
            lambda: zipped({"mimetype": TEXT.encode()}),
            lambda: zipped({"foto.txt": b"x"}),
        ],
        ids=["no type", "other type", "no manifest", "no content", "type only", "plain zip"],
    )
    def test_refuses_a_zip_that_only_looks_like_odf(self, refused, content):
        assert refused(content, "stuk.odt") is Reason.ODF_FALSE

    def test_refuses_a_part_that_stands_in_the_file_twice(self, refused):
        with pytest.warns(UserWarning, match="Duplicate name"):
            content = rebuilt(more={"content.xml": part("content.xml")})
        assert refused(content, "stuk.odt") is Reason.ODF_FALSE

    @pytest.mark.parametrize("kind", ["graphics", "text-template", "database"])
    def test_refuses_other_kinds_of_odf(self, refused, kind):
        media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
        content = rebuilt(changes={"mimetype": media_type})
        assert refused(content, "stuk.odt") is Reason.ODF_OTHER_KIND

    @pytest.mark.parametrize(
        "content",
        [
            lambda: rebuilt(more={f"Pictures/{n}.png": bytes(9_000_000) for n in range(30)}),
            lambda: rebuilt(more={f"Pictures/{n}.png": b"" for n in range(6_000)}),
            lambda: rebuilt(
                changes={"content.xml": b'<!DOCTYPE a [<!ENTITY b "xxxx">]><a>&b;&b;</a>'}
            ),
        ],
        ids=["many", "count", "entities"],
    )
    def test_refuses_what_grows_beyond_measure(self, refused, content):
        assert refused(content, "stuk.odt") is Reason.BOMB

    @pytest.mark.parametrize(
        "content",
        [
            lambda: odf()[:-200],
            lambda: odf()[:4000],
            lambda: rebuilt(changes={"content.xml": b"<a><b></a>"}),
            lambda: rebuilt(changes={"meta.xml": b""}),
        ],
        ids=["end cut", "cut", "content", "meta"],
    )
    def test_refuses_a_broken_file(self, refused, content):
        assert refused(content, "stuk.odt") is Reason.UNREADABLE


class TestOtherFiles:
    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", Reason.EMPTY),
            (b"<!DOCTYPE html><html><script>alert(1)</script>", Reason.HTML),
            (b"\xef\xbb\xbf \n<script>alert(1)</script>%PDF-1.4", Reason.HTML),
            ("\ufeff<html><body>".encode("utf-16-le"), Reason.HTML),
            (b"<html>" + pdf(), Reason.HTML),
            (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', Reason.SVG),
            (b"<!-- x --><svg onload=alert(1)>", Reason.SVG),
            (b"\x89PNG\r\n\x1a\n" + bytes(50), Reason.PICTURE),
            (b"\xff\xd8\xff\xe0" + bytes(50), Reason.PICTURE),
            (b"GIF89a" + bytes(50), Reason.PICTURE),
            (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(50), Reason.PICTURE),
            (b"\0\0\0\x18ftypheic" + bytes(50), Reason.PICTURE),
            (zipped({"a.txt": b"x"}), Reason.ARCHIVE),
            (zipped({}), Reason.ARCHIVE),
            (zipped({"mimetype": b"application/epub+zip", "x": b""}), Reason.ARCHIVE),
            (zipped({"[Content_Types].xml": b"<Types/>"}), Reason.OFFICE),
            (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), Reason.OFFICE),
            (b"{\\rtf1 tekst}", Reason.OFFICE),
            (b"gewone tekst", Reason.UNKNOWN),
            (b"MZ" + bytes(100), Reason.UNKNOWN),
            (b"x" * 1024 + pdf(), Reason.UNKNOWN),
            (b"MZ\0" + pdf(), Reason.UNKNOWN),
            (b"\x89PNG\r\n\x1a\n" + pdf(), Reason.PICTURE),
            (b"PK\x03\x04" + pdf(), Reason.UNREADABLE),
        ],
    )
    def test_refuses_whatever_the_name_says_with_a_reason_of_its_own(
        self, refused, content, reason
    ):
        assert refused(content, "stuk.pdf") is reason

    def test_refuses_a_file_over_the_limit_only(self, inspected, refused):
        content = pdf()
        assert refused(content, max_bytes=len(content) - 1) is Reason.TOO_LARGE
        assert inspected(content, max_bytes=len(content)).size == len(content)

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (pdf(), "stuk.odt"),
            (pdf(), "stuk"),
            (pdf(), "stuk.pdf.exe"),
            (pdf(), ".pdf"),
            (odf, "stuk.pdf"),
            (odf, "stuk.ods"),
        ],
    )
    def test_refuses_a_name_that_says_something_else(self, refused, content, name):
        assert refused(content, name) is Reason.WRONG_EXTENSION

    @pytest.mark.parametrize("name", ["STUK.PDF", "a.html.pdf", "../../etc/x.pdf", "plan é.Pdf"])
    def test_takes_any_name_with_the_right_extension(self, inspected, name):
        assert inspected(pdf(), name).extension == "pdf"

    @pytest.mark.parametrize(
        "sent", ["a" + "\u0301\u0328" * 150_000 + ".pdf", "a/" * 90_000 + ".pdf"]
    )
    def test_reads_no_more_of_a_name_than_names_are_long(self, sent):
        assert clean_file_name(sent).endswith("pdf")
        assert len(clean_file_name(sent)) <= 120

    def test_reads_nothing_but_the_file_itself(self, tmp_path: Path):
        path = tmp_path / "met spatie; $(x) é.bin"
        path.write_bytes(pdf())
        assert inspect_document(path, "a.pdf", max_bytes=MOST, limits=LIMITS).page_count == 1
