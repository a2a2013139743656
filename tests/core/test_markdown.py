"""Markdown as readers get to see it."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.markdown import render, render_typed

REL = 'rel="nofollow ugc noopener"'


def headings(html: str) -> list[str]:
    return re.findall(r"<(h\d)>", html)


class TestRender:
    def test_shows_the_marks_that_the_form_names(self):
        html = render("**vet** *schuin*\n\n- een\n- twee\n\n3. drie\n\n> citaat")
        for part in (
            "<strong>vet</strong>",
            "<em>schuin</em>",
            "<li>een</li>",
            '<ol start="3">',
            "<blockquote>",
        ):
            assert part in html

    def test_shows_a_table_whose_heads_name_their_column(self):
        html = render("| Laag | Stand |\n|---|---:|\n| Diensten | loopt |")
        assert '<th scope="col">Laag</th>' in html
        assert "<td>loopt</td>" in html
        assert "style" not in html

    @pytest.mark.parametrize(
        ("levels", "shown"),
        [
            ([1, 2, 3], ["h3", "h4", "h5"]),
            ([2, 4, 4], ["h3", "h4", "h4"]),
            ([4, 2, 4, 6], ["h3", "h3", "h4", "h5"]),
            ([1, 3, 2, 1], ["h3", "h4", "h4", "h3"]),
            ([1, 2, 3, 4, 5, 6], ["h3", "h4", "h5", "h6", "h6", "h6"]),
        ],
    )
    def test_starts_at_the_asked_heading_and_skips_no_level(self, levels, shown):
        text = "\n\n".join(f"{'#' * level} Kop" for level in levels)
        assert headings(render(text)) == shown

    def test_starts_at_another_heading_when_asked(self):
        assert headings(render("# Een\n\n## Twee", first_heading=2)) == ["h2", "h3"]

    def test_shows_html_as_text(self):
        html = render("<script>alert(1)</script> <b onclick=x>vet</b>\n\n<div>\nblok\n</div>")
        assert "<script" not in html
        assert "<b " not in html
        assert "<div" not in html
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize(
        "address",
        [
            "https://example.org/a?b=1",
            "http://example.org",
            "mailto:a@example.org",
            "/pact",
            "#top",
        ],
    )
    def test_links_to_a_safe_address(self, address):
        assert f'<a href="{address}" {REL}>tekst</a>' in render(f"[tekst]({address})")

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java&#x73;cript:alert(1)",
            "javascript&colon;alert(1)",
            "vbscript:x",
            "data:text/html;base64,PHNjcmlwdD4=",
            "file:///etc/passwd",
            "//evil.example",
            "https:evil.example",
            "ftp://example.org",
            "andere-pagina.md",
            "../boven",
        ],
    )
    def test_shows_a_link_to_an_unsafe_or_broken_address_as_it_was_typed(self, address):
        for show in (render, render_typed):
            assert shown(show(f"[tekst]({address})")) == f"[tekst]({address})"
            assert "<a" not in show(f"![tekst]({address})")

    def test_keeps_a_backslash_from_leading_off_the_site(self):
        assert 'href="/%5Cevil.example"' in render("[tekst](/\\\\evil.example)")

    def test_makes_no_link_of_an_unsafe_automatic_address(self):
        assert "<a" not in render("<javascript:alert(1)>")
        assert 'href="https://example.org"' in render("<https://example.org>")

    def test_shows_a_picture_from_a_path_of_this_site_only(self):
        own = render("![Vijf lagen](/afbeeldingen/1.webp)", images=True)
        assert 'src="/afbeeldingen/1.webp"' in own
        assert 'alt="Vijf lagen"' in own
        other = render("![Vijf lagen](https://example.org/x.png)", images=True)
        assert "<img" not in other
        assert '<a href="https://example.org/x.png"' in other
        assert ">Vijf lagen</a>" in other

    @pytest.mark.parametrize("source", ["//evil.example/x.png", "x.png", "#x"])
    def test_shows_no_picture_from_a_path_that_can_leave_the_site(self, source):
        assert "<img" not in render(f"![plaatje]({source})", images=True)

    def test_shows_no_picture_unless_asked(self):
        html = render("![Vijf lagen](/afbeeldingen/1.webp)")
        assert "<img" not in html
        assert '!<a href="/afbeeldingen/1.webp"' in html

    def test_puts_no_link_inside_a_link(self):
        text = "[![Vijf lagen](https://example.org/x.png)](https://example.org/lagen)"
        html = render(text, images=True)
        assert html.count("<a ") == 1
        assert ">Vijf lagen</a>" in html

    def test_names_a_picture_without_a_description_by_its_address(self):
        assert ">https://example.org/x.png</a>" in render(
            "![](https://example.org/x.png)", images=True
        )

    @pytest.mark.parametrize("mark", ["\u202e", "\u202a", "\u2066", "\u2069"])
    def test_takes_out_marks_that_turn_text_around(self, mark):
        for show in (render, render_typed):
            shown = show(f"Betaal aan {mark}gpj.exe `{mark}x`")
            assert "gpj.exe" in shown
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", shown)

    def test_leaves_reference_links_as_text(self):
        text = "[a]: https://example.org/" + "x" * 2000 + "\n\n" + "[a] " * 5000
        assert render(text).count("<a") == 1
        assert len(render(text)) < 2 * len(text)

    @pytest.mark.parametrize(
        ("text", "address", "rest"),
        [
            ("Zie https://a.example/b?c=1&d=2.", "https://a.example/b?c=1&amp;d=2", "."),
            ("Zie (https://a.example/b_(c))!", "https://a.example/b_(c)", ")!"),
            ("**https://a.example/b**", "https://a.example/b", "</strong>"),
            ("HTTPS://A.example/b, en meer", "HTTPS://A.example/b", ", en meer"),
            ("Kijk op www.a.example.", "www.a.example", "."),
        ],
    )
    def test_links_an_address_between_the_words(self, text, address, rest):
        for show in (render, render_typed):
            html = show(text)
            assert html.count("<a ") == 1
            assert f">{address}</a>{rest}" in html
            assert 'rel="nofollow ugc noopener"' in html

    @pytest.mark.parametrize(
        "text",
        [
            "xhttps://a.example",
            "https://",
            "http://?",
            "ftp://a.example en javascript://a.example",
            "www. en www.a en www.a.) en i@www.a.example",
            "https://a.example/\u202egpj.exe",
        ],
    )
    def test_links_nothing_else_between_the_words(self, text):
        assert "<a" not in render_typed(text)

    def test_takes_no_minutes_over_addresses_without_end(self):
        for text in ("http://a." * 20_000, "https://a.example/" + ")" * 150_000):
            assert render(text).count("<a") <= 1

    def test_gives_the_same_page_from_many_threads(self):
        texts = [f"# Kop {n}\n\n[x](https://example.org/{n})\n\n## Lager" for n in range(200)]
        alone = [render(text) for text in texts]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(render, texts)) == alone


class TestRenderTyped:
    def test_keeps_words_lists_and_line_ends(self):
        html = render_typed("Eerste\ntweede **vet**\n\n- een")
        assert "Eerste<br>" in html
        assert "<strong>vet</strong>" in html
        assert "<li>een</li>" in html

    @pytest.mark.parametrize(
        "text",
        [
            "# Kop, # 1 en #2",
            "Onder\n===\nMeer\n---",
            "> citaat",
            "| a | b |\n|---|---|\n| c | d |",
        ],
    )
    def test_shows_the_marks_of_an_article_as_they_were_typed(self, text):
        assert shown(render_typed(text)) == text


PAGE = re.compile(r"<[^>]*>")


def shown(html: str) -> str:
    """What a reader sees, each line on a line of its own."""
    lines = PAGE.sub("", html.replace("<br>", "")).strip()
    return unescape(lines)


@pytest.mark.parametrize("show", [render, render_typed])
@pytest.mark.parametrize(
    "text",
    [
        "2*3*4 is 24, burger*s en inwoner*s",
        "5 * 3 * 2, * los, ** en ***",
        "__init__, _onder_ en een_naam_zo",
        "`code` en ```\nblok\n```",
        "~~~\nblok\n~~~\n~~weg~~",
        "C:\\map\\*.txt, \\[a\\] en einde\\\nvolgende",
        "&copy; &amp;amp; &#x41; &nbsp; <b>a</b> <!-- x -->",
        "* punt\n* punt\n+ 5 procent\n+3",
        "Kop\n===\nof zo\n---\n***\n___",
        "[a], [1](2), [ ] open, [x]: y",
        "0012. nul\n1234567890. lang\n1.5 en 2.a",
        "« “’ „ – — … • ▪ ½ ™",
        "<info@example.org> en a@b",
    ],
)
def test_shows_every_other_sign_as_it_was_typed(show, text):
    assert shown(show(text)) == text


@pytest.mark.parametrize("show", [render, render_typed])
@pytest.mark.parametrize("indent", ["\t", "    ", "\t\t", "     ", "\u00a0\u00a0\u00a0\u00a0"])
def test_shows_an_indented_paragraph_as_a_paragraph(show, indent):
    html = show(f"Beste mensen,\n\n{indent}Een alinea uit Word.\n{indent}- punt\n\nGroet")
    assert "<p>" in html
    assert "<pre" not in html
    assert "<code" not in html
    assert "Een alinea uit Word." in html


# Signs that are mark-up at no place, and lines made of them: what no form names.
SIGNS = st.text(
    alphabet=st.sampled_from("abé 0159.,:;!?'\"()_~`\\&<>{}=+^%$@/|“”’–…\t•½計"), max_size=12
)


@given(st.lists(SIGNS, min_size=1, max_size=6))
def test_shows_every_sign_of_a_plain_text(lines):
    text = "\n".join(f"a{line}" for line in lines)
    for show in (render, render_typed):
        assert shown(show(text)).split() == text.split()


BOMBS = [
    ">" * 70_000,
    "[" * 70_000,
    "![" * 35_000,
    "*" * 70_000,
    "*a_ " * 17_000,
    "- " * 35_000,
    "[a](" * 17_000,
    "<" * 70_000,
    "`" * 70_000,
    "![" * 10_000 + "a" + "](b)" * 10_000,
    "|".join(["a"] * 15_000) + "\n" + "|".join(["-"] * 15_000) + "\n" + "x\n" * 5_000,
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:6])
def test_answers_a_bomb_with_a_page_of_bounded_length(bomb):
    for show in (render, render_typed):
        assert 0 < len(show(bomb)) < 15 * len(bomb)


def test_lets_each_list_run_as_its_own_letters_where_some_run_leftwards():
    mixed = "1. Eerst dit.\n2. Dan dat.\n\nהצעה\n\n- נקודה\n- עוד אחת"
    for show in (render, render_typed):
        assert show(mixed).count('<ol dir="auto">') == show(mixed).count('<ul dir="auto">') == 1
        assert "dir=" not in show("1. Eerst dit.\n\n- Een punt met é en 計")
