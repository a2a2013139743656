"""A list shows the numbers that were typed, whatever they are."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from portal.core.markdown import render, render_typed

Show = Callable[[str], str]
BOTH = pytest.mark.parametrize("show", [render, render_typed])
NUMBER = re.compile(r"(?<!\d)\d+(?=[.)])")


def numbered(item: Tag) -> str:
    """The mark that a browser sets before an item of a numbered list: 2020. or 07)."""
    owner = item.parent
    assert owner is not None
    number = int(str(owner.get("start", 1)))
    for sibling in owner.find_all("li", recursive=False):
        number = int(str(sibling.get("value", number)))
        if sibling is item:
            break
        number += 1
    classes = set(owner.get("class") or [])
    zeros = next((name[-1] for name in classes if name.startswith("list--zeros-")), "0")
    return f"{number:0{int(zeros)}}{')' if 'list--bracket' in classes else '.'}"


def marks_on(html: str) -> list[str]:
    soup = BeautifulSoup(html, "html.parser")
    return [numbered(item) for item in soup.select("ol > li")]


@BOTH
@pytest.mark.parametrize("blank", ["\n", "\n\n", "\n\n\n"])
@pytest.mark.parametrize(
    "marks",
    [
        ["1.", "2.", "3."],
        ["2020.", "2023."],
        ["2023.", "2020.", "2020."],
        ["1.", "1.", "1."],
        ["1)", "3)", "2)"],
        ["0.", "1.", "12."],
        ["01.", "02.", "10."],
        ["007)", "099)", "120)"],
        ["9.", "10.", "100.", "999999999."],
    ],
    ids=" ".join,
)
def test_it_keeps_the_numbers(show: Show, blank: str, marks: list[str]) -> None:
    html = show(blank.join(f"{mark} Dat was het jaar." for mark in marks))
    assert marks_on(html) == marks
    assert "style" not in html


@BOTH
def test_it_counts_by_itself_where_the_numbers_do(show: Show) -> None:
    html = show("3. drie\n4. vier\n5. vijf")
    assert '<ol start="3">' in html
    assert "value" not in html


@BOTH
def test_it_keeps_them_in_lists_inside_lists(show: Show) -> None:
    html = show("5. vijf\n\n   - punt\n\n     2020. oud\n     2023. nieuw\n\n7. zeven")
    assert marks_on(html) == ["5.", "2020.", "2023.", "7."]


def test_it_keeps_them_in_a_quotation() -> None:
    assert marks_on(render("> 8. a\n> 4. b")) == ["8.", "4."]


@BOTH
@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("1. een\n2. twee", None),
        ("9. negen\n10. tien", "list--digits-2"),
        ("100. honderd", "list--digits-3"),
        ("1. een\n2020. twee", "list--digits-4"),
        ("999999999. veel", "list--digits-9"),
    ],
)
def test_it_says_how_much_room_the_longest_needs(show: Show, text: str, room: str | None) -> None:
    soup = BeautifulSoup(show(text), "html.parser")
    assert soup.ol is not None
    assert (soup.ol.get("class") or [None])[0] == room


@BOTH
def test_it_takes_no_number_and_no_class_from_who_writes(show: Show) -> None:
    html = show('<ol class="list--zeros-2"><li value="7">een</li></ol>')
    assert "<ol" not in html
    assert "<li" not in html


LINES = st.lists(
    st.tuples(
        st.integers(0, 999_999_999),
        st.sampled_from([". ", ") ", ".\t", ".   "]),
        st.sampled_from(["woord", "**vet** woord", "3 juli 2019", "- punt", "", "`4. dit`"]),
        st.sampled_from(["\n", "\n\n", "\n\n\n", "\n   ", "\n\nTussen\n\n", "\n# Kop\n"]),
    ),
    max_size=8,
)


@given(LINES, st.sampled_from(["", "Dit deden wij:\n", "- punt\n", "> "]))
def test_every_number_at_the_beginning_of_a_line_stands_on_the_page(
    lines: list[tuple[int, str, str, str]], before: str
) -> None:
    text = before + "".join(f"{n}{sign}{words}{end}" for n, sign, words, end in lines)
    for show in (render, render_typed):
        html = show(text)
        soup = BeautifulSoup(html, "html.parser")
        for item in soup.select("ol > li"):
            item.insert(0, f" {numbered(item)} ")
        shown = soup.get_text(" ")
        assert [int(n) for n in NUMBER.findall(shown)] == [int(n) for n in NUMBER.findall(text)]
