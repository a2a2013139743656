"""Reading documents and pictures: each by its own number or key, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.exceptions import NotFound

from portal.documents.queries import get_picture_key, get_version
from tests.factories import make_document, make_picture


class TestGetVersion:
    def test_it_finds_a_version_of_this_document_only(self, app: Flask) -> None:
        document, other = make_document(), make_document()
        assert get_version(document.id, 1).document_id == document.id
        for document_id, number in ((document.id, 2), (other.id + 1, 1)):
            with pytest.raises(NotFound):
                get_version(document_id, number)


class TestGetPictureKey:
    def test_it_knows_the_keys_of_pictures_and_of_no_other_file(self, app: Flask) -> None:
        picture = make_picture()
        assert get_picture_key(picture.storage_key) == picture.storage_key
        for key in (make_document().latest.storage_key, "nergens", ""):
            with pytest.raises(NotFound):
                get_picture_key(key)
