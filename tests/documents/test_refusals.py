"""The words of a refusal."""

import re

import pytest
from flask import Flask

from portal.documents import read_picture
from portal.documents.inspection import read_odf
from portal.documents.reasons import PictureReason, Reason
from portal.documents.refusals import MAX_PIXELS, words_of
from tests.harness.client import Client

MOST = 20 * 1024**2
SIZED = [
    (Reason.TOO_LARGE, "20 MB"),
    (Reason.BOMB, f"{read_odf.MAX_UNPACKED // 1024**2} MB"),
    (PictureReason.TOO_LARGE, "20 MB"),
    (PictureReason.TOO_MANY_PIXELS, "40.000.000"),
]


@pytest.mark.parametrize("reasons", [Reason, PictureReason])
def test_it_has_words_of_its_own_for_every_reason(app: Flask, reasons):
    with app.test_request_context():
        said = {words_of(reason, most=MOST) for reason in reasons}
    assert len(said) == len(reasons)
    assert all(sentence.endswith(".") for sentence in said)
    assert not [sentence for sentence in said if "%" in sentence]


@pytest.mark.parametrize(("reason", "limit"), SIZED)
def test_it_names_the_limit_of_what_is_too_large(app: Flask, reason, limit):
    with app.test_request_context():
        assert f"hoogstens {limit} zijn" in words_of(reason, most=MOST)


@pytest.mark.parametrize("reasons", [Reason, PictureReason])
def test_it_calls_nothing_too_large_without_a_limit(app: Flask, reasons):
    with app.test_request_context():
        for reason in reasons:
            words = words_of(reason, most=MOST)
            if re.search("te groot|te veel", words):
                assert re.search(r"hoogstens \d", words), words


def test_it_names_the_pixels_that_the_reader_takes():
    assert MAX_PIXELS == read_picture.MAX_PIXELS


def test_it_names_the_limits_of_a_request(client: Client):
    page = client.post("/inloggen", data={"x": "y" * 700_000}, multipart=True)
    assert page.status == 413
    assert "Een bestand mag hoogstens 20 MB zijn" in page.main
    assert "hoogstens 600 kB" in page.main
