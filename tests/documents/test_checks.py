"""Whether everybody can use a file, as far as a machine sees, and what its maker is told."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from portal.documents.checks import ADVICE, Finding, Made, check_of

ODT = "application/vnd.oasis.opendocument.text"


@dataclass(frozen=True)
class File:
    media_type: str = "application/pdf"
    is_tagged: bool | None = True
    has_text: bool | None = True
    file_title: str | None = "Plan"
    file_language: str | None = "nl"
    attachment_count: int | None = 0
    is_checked: bool = True


@pytest.mark.parametrize(
    ("file", "made", "findings"),
    [
        (File(), Made.WELL, []),
        (File(media_type=ODT, is_tagged=None), Made.WELL, []),
        (File(is_tagged=False), Made.BADLY, [Finding.UNTAGGED]),
        (File(is_tagged=None), Made.BADLY, [Finding.UNTAGGED]),
        (File(has_text=False), Made.BADLY, [Finding.ONLY_PICTURES]),
        (File(file_title=None), Made.BADLY, [Finding.UNTITLED]),
        (File(file_language=None), Made.BADLY, [Finding.UNSPOKEN]),
        (File(media_type=ODT, file_language=None), Made.BADLY, [Finding.UNSPOKEN]),
        # Told, but it keeps nobody from reading.
        (File(attachment_count=2), Made.WELL, [Finding.ATTACHED]),
        (File(is_checked=False), Made.UNKNOWN, []),
        (replace(File(is_tagged=False), is_checked=False), Made.UNKNOWN, []),
    ],
)
def test_it_says_what_is_missing(file: File, made: Made, findings: list[Finding]) -> None:
    check = check_of(file)
    assert (check.made, list(check.findings)) == (made, findings)


def test_it_says_of_everything_how_to_mend_it() -> None:
    for finding in Finding:
        assert ADVICE[finding].mend, finding
