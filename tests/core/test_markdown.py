"""Markdown as readers get to see it."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.core.markdown import link_count, plain, render, render_comment

REL = 'rel="nofollow ugc noopener"'


def headings(html: str) -> list[str]:
    return re.findall(r"<(h\d)>", html)


class TestRender:
    def test_shows_the_marks_of_an_article(self):
        html = render(
            "**vet** _schuin_ ~~weg~~ `code`\n\n- een\n- twee\n\n3. drie\n\n> citaat\n\n---"
        )
        for part in (
            "<strong>vet</strong>",
            "<em>schuin</em>",
            "<s>weg</s>",
            "<code>code</code>",
            "<li>een</li>",
            '<ol start="3">',
            "<blockquote>",
            "<hr>",
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
        assert "<b" not in html
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
    def test_keeps_the_words_of_an_unsafe_or_broken_address_without_a_link(self, address):
        for show in (render, render_comment):
            html = show(f"[tekst]({address})")
            assert "<a" not in html
            assert "tekst" in html
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
        assert '<a href="/afbeeldingen/1.webp"' in html

    def test_puts_no_link_inside_a_link(self):
        html = render("[![Vijf lagen](https://example.org/x.png)](https://example.org/lagen)")
        assert html.count("<a ") == 1
        assert ">Vijf lagen</a>" in html

    def test_names_a_picture_without_a_description_by_its_address(self):
        assert ">https://example.org/x.png</a>" in render("![](https://example.org/x.png)")

    @pytest.mark.parametrize(
        "mark", ["\u202e", "\u202a", "\u2066", "\u2069", "&#x202E;", "&#8294;"]
    )
    def test_takes_out_marks_that_turn_text_around(self, mark):
        for show in (render, render_comment, plain):
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
        for show in (render, render_comment):
            html = show(text)
            assert html.count("<a ") == 1
            assert f">{address}</a>{rest}" in html
            assert 'rel="nofollow ugc noopener"' in html

    @pytest.mark.parametrize(
        "text",
        [
            "`https://a.example`",
            "xhttps://a.example",
            "https://",
            "http://?",
            "ftp://a.example en javascript://a.example",
            "www. en www.a en www.a.) en i@www.a.example",
            "https://a.example/\u202egpj.exe",
        ],
    )
    def test_links_nothing_else_between_the_words(self, text):
        assert "<a" not in render_comment(text)

    def test_takes_no_minutes_over_addresses_without_end(self):
        for text in ("http://a." * 20_000, "https://a.example/" + ")" * 150_000):
            assert render(text).count("<a") <= 1

    def test_gives_the_same_page_from_many_threads(self):
        texts = [f"# Kop {n}\n\n[x](https://example.org/{n})\n\n## Lager" for n in range(200)]
        alone = [render(text) for text in texts]
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(render, texts)) == alone


class TestRenderComment:
    def test_keeps_words_lists_quotes_code_and_line_ends(self):
        html = render_comment("Eerste\ntweede **vet**\n\n- een\n\n> citaat\n\n    code")
        assert "Eerste<br>" in html
        assert "<strong>vet</strong>" in html
        assert "<li>een</li>" in html
        assert "<blockquote>" in html
        assert "<pre><code>" in html

    def test_has_no_headings_tables_or_pictures(self):
        html = render_comment(
            "# Kop\n\nOnder\n===\n\n| a | b |\n|---|---|\n| c | d |\n\n![p](/x.png)"
        )
        assert not headings(html)
        assert "<table" not in html
        assert "<img" not in html
        assert "<p><strong>Kop</strong></p>" in html
        assert '<a href="/x.png"' in html


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
    for show in (render, render_comment):
        assert 0 < len(show(bomb)) < 15 * len(bomb)
    assert len(plain(bomb)) <= 160
    assert link_count(bomb) == 0


class TestPlain:
    def test_gives_the_words_of_the_first_paragraphs_without_markup(self):
        text = (
            "# Kop\n\nDe **gemeente** [belooft](https://example.org) `API's`.\nEn meer.\n\n- punt"
        )
        assert plain(text) == "De gemeente belooft API's. En meer. punt"

    def test_cuts_after_a_word(self):
        text = "woord " * 100
        cut = plain(text)
        assert len(cut) <= 160
        assert cut.endswith("woord…")

    def test_leaves_a_text_that_just_fits_whole(self):
        assert plain("x" * 80 + " " + "y" * 79) == "x" * 80 + " " + "y" * 79

    def test_cuts_a_word_that_is_too_long_itself(self):
        assert plain("x" * 500) == "x" * 159 + "…"

    def test_takes_the_heading_when_there_is_nothing_else(self):
        assert plain("# Alleen een kop") == "Alleen een kop"

    def test_leaves_characters_for_the_template_to_escape(self):
        assert plain("a < b & c") == "a < b & c"

    def test_is_empty_for_an_empty_text(self):
        assert plain(" \n\n") == ""


class TestLinkCount:
    @pytest.mark.parametrize(
        ("text", "count"),
        [
            ("geen", 0),
            ("[een](https://a.example) en <https://b.example>", 2),
            ("kaal https://a.example en www.b.example", 2),
            ("[https://a.example](https://a.example)", 1),
            ("![plaatje](https://a.example/x.png)", 1),
            ("`https://a.example` als code", 0),
            ("| [a](https://a.example) |\n|---|\n| www.b.example |", 2),
        ],
    )
    def test_counts_links_and_bare_addresses(self, text, count):
        assert link_count(text) == count
