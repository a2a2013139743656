"""The words of a refusal."""

import pytest
from flask import Flask
from flask_babel import Babel

from portal.documents.reasons import PictureReason, Reason
from portal.documents.refusals import PICTURE_REASON_WORDS, REASON_WORDS


@pytest.mark.parametrize(
    ("reasons", "words"), [(Reason, REASON_WORDS), (PictureReason, PICTURE_REASON_WORDS)]
)
def test_has_words_of_its_own_for_every_reason(reasons, words):
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        said = {str(words[reason]) for reason in reasons}
    assert len(said) == len(reasons)
    assert all(sentence.endswith(".") for sentence in said)
