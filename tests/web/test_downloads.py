"""The header that names a download: in ASCII, and with the name itself for today's browsers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.http import parse_options_header

from portal.web.downloads import attachment


def name_in(header: str) -> str:
    """The name that a browser reads in the header."""
    return parse_options_header(header)[1]["filename"]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("plan.pdf", "plan.pdf"),
        ("Plan van aanpak \u2013 versie 1.pdf", "Plan van aanpak - versie 1.pdf"),
        ("’s-Hertogenbosch, ĳs en “nu”.pdf", "'s-Hertogenbosch, ijs en _nu_.pdf"),
        ("Coöperatie één.odt", "Cooperatie een.odt"),
        ("Cooperatie e\u0301e\u0301n.odt", "Cooperatie een.odt"),
        ("Begroting € 2027.ods", "Begroting _ 2027.ods"),
        ("计划 🎉.pdf", "__ _.pdf"),
        ('Het "plan" \\ 100%.pdf', "Het _plan_ _ 100_.pdf"),
        ("a;b=c, 'd' (e).pdf", "a;b=c, 'd' (e).pdf"),
    ],
)
def test_it_names_the_file_for_new_and_for_old_programs(name: str, plain: str) -> None:
    header = attachment(name)
    assert name_in(header) == name
    assert f'filename="{plain}"' in header
    assert ("filename*=UTF-8''" in header) is (plain != name)


@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x00", "\x1b", "\x85", "\t", "\ud83c", "\u202e"])
def test_it_takes_a_hyphen_for_what_no_name_holds(sign: str) -> None:
    assert name_in(attachment(f"plan{sign}1.pdf")) == "plan-1.pdf"


@given(st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn"))))
def test_it_keeps_every_sign_of_any_name(name: str) -> None:
    header = attachment(name)
    assert header.isascii()
    assert header.isprintable()
    assert name_in(header) == name


@given(st.text(st.characters(codec=None)))
def test_it_makes_a_header_of_whatever_a_name_holds(name: str) -> None:
    assert attachment(name).isascii()
    assert attachment(name).isprintable()
