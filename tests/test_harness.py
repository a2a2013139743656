"""The checks that stand on every page must be able to fail."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page
from wtforms import HiddenField, StringField

from portal.web.forms import PortalForm
from tests.harness import axe, databases
from tests.harness.browser import ALIKE, assert_accessible, open_page
from tests.harness.markup import check_page, parts_of, skeleton_of, strictly_parsed
from tests.harness.orders import out_of_order
from tests.harness.seen import Seen
from tests.harness.served import ServedPortal

GOOD = """<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Titel</title></head>
<body><main><h1>Kop</h1>
<form><label for="naam">Naam</label><input id="naam" name="naam"><button>Verstuur</button></form>
</main></body></html>"""


# What a strict parser minds, and what looks as if it would.
MARKUP = """
</p> </i> </foo> </br> </input> <br/> <div/> <foo/> <b> <b></b> <i><b></i></b>
<p><div></div></p> <ul><p></ul> <a></a><a><a> <button><button> <form></form> <form><form>
<h2><h3></h3></h2> <nobr><nobr> <table>x</table> <table><tr>x</table> <table><td></table>
<table><tr><td>x</td></tr></table> <select><div></select> <option> <td> <li> <dd> <dt> <legend>
<main> <title>x <textarea>x <style>x <script>x <noscript>x <template>x <plaintext>x <svg/>
<svg><path/></svg> <svg><path></svg> <svg><div></svg> <svg><title>x</title></svg>
<svg></p></svg> <html> <head> <body> </body> </html> <frameset> <image> <isindex> <caption>
<col> <tbody> <hr></hr> < <> </> <! <!-- <!--x--> <!-->--> <!--a--b--> <!doctype&#32;html> <?x?>
<![CDATA[x]]> x<y x>y "x" 'x' & &amp; &amp &lt; &lt &foo &foo; &; &#0; &#1; &#65; &#65 &#x80;
&#xD800; &#x; &eacute; &eacute é ’ € 😀 \x00 \x01 \x0b \x7f \x85 \ufdd0 \ufffe \U0001ffff \ufffd
<i&#32;a> <i&#32;a&#32;a> <i&#32;a=> <i&#32;a=b> <i&#32;a='b'> <i&#32;a="b> <i&#32;a=b">
<i&#32;a="b"c="d"> <i&#32;a=`b`> <i&#32;a"b="c"> <i&#32;=a> <i&#32;/&#32;a> <i&#32;a="<b>">
<i&#32;a="x&y"> <i&#32;a="?b=1&copy=2"> <i&#32;a="?b=1&amp;c=2"> <i&#32;a="&lt=1">
<i&#32;a="\x00"> <i&#32;a="\x01"> <i&#32;a="b&#32;id="c"> </i&#32;a="b"> <i
<input&#32;type="hidden"> <table><input&#32;type="hidden"></table>
<table><input&#32;type="text"></table>
"""


def _check(text: str) -> None:
    check_page(text)


def test_it_takes_a_page_that_is_well_made() -> None:
    _check(GOOD)


MINDFUL = (
    *("a", "b", "button", "div", "form", "h2", "label", "li", "ol", "option"),
    *("p", "select", "span", "table", "td", "tr", "ul"),
)


def _pages(place: str) -> Iterator[str]:
    for part in (word.replace("&#32;", " ") for word in re.split(r"[ \n]+", MARKUP)):
        for words in (
            part,
            f"{part}woord",
            f"woord {part} woord",
            f'<i class="een twee">{part}</i>',
            f"<ul>{f'<li>woord {part}</li>' * 4}</ul>",
        ):
            yield GOOD.replace(place, words + place, 1)


@pytest.mark.parametrize("place", ["<h1>", "Kop", "</body>"])
def test_it_minds_in_a_skeleton_just_what_it_minds_in_the_page(place: str) -> None:
    minded = 0
    for page in _pages(place):
        errors = strictly_parsed(page)
        assert bool(strictly_parsed(skeleton_of(page))) == bool(errors), page
        minded += bool(errors)
    assert minded > 100


def test_it_takes_no_page_with_faults_for_one_that_it_has_read() -> None:
    pages = {page: bool(strictly_parsed(page)) for page in (*_pages("<h1>"), *_pages("Kop"))}
    # Elements that mind what they stand in, in and below all others of their kind.
    for outer, inner in product(MINDFUL, MINDFUL):
        for within in (f"<{inner}></{inner}>", f"<{inner}>x", f"<div><{inner}></{inner}></div>"):
            page = GOOD.replace("<h1>", f"<{outer}>{within}</{outer}><h1>", 1)
            pages[page] = bool(strictly_parsed(page))
    read = {
        part
        for page, is_faulty in pages.items()
        if not is_faulty
        for part in parts_of(skeleton_of(page))
    }
    faulty = [page for page, is_faulty in pages.items() if is_faulty]
    assert len(faulty) > 500
    assert [page for page in faulty if parts_of(skeleton_of(page)) <= read] == []


@pytest.mark.parametrize(
    ("was", "became", "words"),
    [
        ("</form>", "</div></form>", "line 4"),
        ("<!doctype html>", "", "Expected DOCTYPE"),
        (' lang="nl"', "", "no language"),
        ("Titel", "", "no title"),
        ("<h1>Kop</h1>", "", "one h1"),
        ("<main>", "<section><main></main></section><main>", "<main> stands in"),
        ("<h1>Kop</h1>", "<h1>Kop</h1><h1>Kop</h1>", "one h1"),
        ('<label for="naam">Naam</label>', "", "no label"),
        ("<h1>", '<h1 id="naam">', "stands 2 times"),
        ("<h1>", '<h1 aria-describedby="nergens">', "points nowhere"),
        ("<h1>", '<a href="#nergens">Daar</a><h1>', "points nowhere"),
        ("<h1>", '<h1 style="color: red">', "has a style"),
        ("<h1>", "<script>alert(1)</script><h1>", "script in the page"),
        ("<h1>", '<h1 onclick="alert(1)">', "has onclick"),
        ("<h1>", '<a href=" javascript:alert(1)">Daar</a><h1>', "runs a script"),
        ("<h1>", '<img src="/beeld.png"><h1>', "no alt"),
        ("<h1>", '<a href="/"></a><h1>', "no text"),
        (
            "<form>",
            '<ul id="fouten"><li><a href="#naam">Een</a><li><a href="#eerst">Twee</a></ul>'
            '<form><input id="eerst" aria-label="Eerst">',
            "another order",
        ),
        (
            "<form>",
            '<form><span class="field__optional">(niet verplicht)</span>'
            '<input required aria-label="Verplicht">',
            "marks what is optional",
        ),
    ],
)
def test_it_refuses_a_page_with_a_fault(was: str, became: str, words: str) -> None:
    with pytest.raises(AssertionError, match=words):
        _check(GOOD.replace(was, became, 1))


class _Form(PortalForm):
    class Meta:
        csrf = False

    first = StringField()
    second = StringField()
    hidden = HiddenField()


def test_it_minds_fields_in_another_order_than_their_form() -> None:
    def page(*names: str) -> str:
        fields = "".join(f'<input type="text" name="{name}">' for name in names)
        return f'<form><input type="hidden" name="csrf_token">{fields}</form>'

    form = _Form()
    for names in (("first", "second"), ("second",), ("hidden", "first", "other", "second")):
        assert not out_of_order(page(*names), form)
    assert out_of_order(page("second", "hidden", "first"), form) == ["second", "first"]


def test_it_takes_widths_for_alike_between_which_no_style_of_the_page_turns() -> None:
    sheets = "".join(sheet.read_text() for sheet in Path("static/src").rglob("*.css"))
    # A rem is 16 pixels; a width in anything else would have to be read here first.
    turns = [float(rem) * 16 for rem in re.findall(r"@media[^{]*-width: ([\d.]+)rem\) {", sheets)]
    assert len(turns) == len(re.findall(r"@media[^{]*width", sheets)) > 0
    for width, alike in ALIKE.items():
        assert not [turn for turn in turns if min(alike) <= turn <= width]


class TestContrast:
    @pytest.fixture(autouse=True)
    def nothing_has_passed(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(axe, "_passed", Seen(f"contrast {tmp_path}"))

    @staticmethod
    def faults(page: Page, style: str) -> list[str]:
        """Return what axe finds on a page with a small and a large text in a box."""
        page.set_content(f"""<!doctype html><html lang="nl"><title>Titel</title>
            <style>body {{ color: #000; background: #fff; }} {style}</style><main><h1>Kop</h1>
            <div id="other"></div><div id="box"><p id="small">Kleine letters</p>
            <p id="large" style="font-size: 30px">Grote letters</p></div></main></html>""")
        return axe.faults_on(page)

    @pytest.mark.parametrize(
        "style",
        [
            "#small { color: #888; }",
            "#box { background: #333; }",
            "#box { opacity: 0.3; }",
            "#small, #large { color: #888; } #large { font-size: 16px !important; }",
            "#box { position: relative; z-index: 1; } #other "
            "{ background: #222; position: absolute; inset: 0; }",
            "#box { margin-top: -99px; } #other { background: #222; height: 200px; }",
            "#box { transform: translateY(-99px); } #other { background: #222; height: 200px; }",
        ],
    )
    def test_it_finds_what_is_too_pale_after_others_have_passed(
        self, page: Page, style: str
    ) -> None:
        for _time in range(2):
            assert self.faults(page, "#large { color: #888; }") == []
            assert any("color-contrast" in fault for fault in self.faults(page, style)), style

    def test_it_measures_the_texts_that_look_alike_once(self, page: Page) -> None:
        assert self.faults(page, "") == []
        looks = page.evaluate("[...new Set(window.looks.values())]")
        assert len(looks) == 3
        assert all(look in axe._passed for look in looks)


def test_it_reads_a_page_without_scripts_as_it_stands_and_starts_none(
    browser: Browser, served: ServedPortal
) -> None:
    with open_page(browser, served.url, java_script_enabled=False) as page:
        page.set_content(
            "<html lang=nl><title>Titel</title><main><h1>Kop</h1>"
            "<noscript><button></button></noscript>"
            "<p id=said>niets</p><script>document.getElementById('said').textContent = 'iets'"
            "</script></main></html>"
        )
        with pytest.raises(AssertionError, match="button-name"):
            assert_accessible(page)
        page.set_content("<p>niets<script>document.body.textContent = 'iets'</script></p>")
        assert page.inner_text("body") == "niets"
        page.goto("/inloggen")
        before = page.content()
        assert_accessible(page)
        assert page.content() == before


class TestTargets:
    @pytest.mark.parametrize(
        ("style", "rule"),
        [
            ("", ""),
            ("#small { width: 20px; height: 20px; }", "target-size"),
            ("#small { margin-left: -90px; }", "target-size"),
            ("#link { color: #333; text-decoration: none; }", "link-in-text-block"),
            ("#link { color: #333; } p { text-decoration: underline; }", "link-in-text-block"),
        ],
    )
    def test_it_finds_what_is_too_small_too_close_or_not_told_apart(
        self, page: Page, style: str, rule: str
    ) -> None:
        page.set_content(f"""<!doctype html><html lang="nl"><title>Titel</title><style>
            button {{ width: 100px; height: 40px; padding: 0; border: 0; }}
            a {{ color: #000; }} {style}</style><main><h1>Kop</h1>
            <button>Een</button><button id="small">Twee</button>
            <p>Lees <a id="link" href="https://voorbeeld.example">de regels</a> eerst goed.</p>
            </main></html>""")
        assert [fault.partition(":")[0] for fault in axe.faults_on(page)] == (
            [rule] if rule else []
        )


class TestFoldersOfRuns:
    def test_one_is_cleared_away_when_nobody_holds_it(self, tmp_path: Path) -> None:
        held, left = tmp_path / f"{databases.PREFIX}held", tmp_path / f"{databases.PREFIX}left"
        for folder in (held, left):
            folder.mkdir()
            (folder / "rows").write_text("rows")
            (folder / databases.CLAIM).touch()
        with (held / databases.CLAIM).open("w") as claim:
            fcntl.flock(claim, fcntl.LOCK_EX)
            databases.sweep(tmp_path)
        assert (held / "rows").exists()
        assert not left.exists()


def test_a_portal_that_begins_as_a_copy_is_a_whole_tree_that_ends_as_one(
    serve: Callable[..., ServedPortal],
) -> None:
    served = serve()
    top = psutil.Process(served.pid)
    tree = [top, *top.children(recursive=True)]
    assert len(tree) == 4, "two for the web, the worker, and what holds them"
    assert served.ended() is None
    assert served.stop() == 0
    _gone, alive = psutil.wait_procs(tree, timeout=10)
    assert not alive


def test_the_next_reader_gets_nothing_of_what_a_test_asked_of_its_browser(
    browser: Browser, served: ServedPortal
) -> None:
    with open_page(browser, served.url) as former:
        former.route("**/inloggen", lambda route: route.fulfill(body="niet het portaal"))
        former.context.route("**/registreren", lambda route: route.abort())
        former.emulate_media(media="print", color_scheme="dark", forced_colors="active")
        former.goto("/inloggen")
        assert former.inner_text("body") == "niet het portaal"
    with open_page(browser, served.url) as page:
        assert page is former
        for path in ("/inloggen", "/registreren"):
            page.goto(path)
            assert page.query_selector("main form"), path
        asked = "(prefers-color-scheme: dark), (forced-colors: active), print"
        assert not page.evaluate(f"matchMedia('{asked}').matches")
        assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
