"""What every public page tells of itself to browsers, crawlers and people who share it."""

from __future__ import annotations

import pytest

from tests.factories import (
    make_article,
    make_commitment,
    make_pact_version,
    make_picture,
    make_signature,
)
from tests.harness.client import Client

PATHS = [
    "/",
    "/ondertekenaars",
    "/ondertekenaars/{signatory}",
    "/toezeggingen",
    "/toezeggingen/{commitment}",
    "/nieuws",
    "/nieuws/{article}",
    "/groeipact",
    "/groeipact/versies/1.0",
    "/ondertekenen",
    "/spelregels",
    "/privacy",
    "/toegankelijkheid",
    "/colofon",
    "/inloggen",
    "/registreren",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("prefix", ["", "/en"], ids=["nl", "en"])
def test_it_has_a_title_a_description_and_one_address(
    client: Client, path: str, prefix: str
) -> None:
    make_pact_version(label="1.0")
    signature = make_signature()
    names = {
        "signatory": signature.organisation.slug,
        "commitment": make_commitment(signature.organisation).slug,
        "article": make_article().slug,
    }
    page = client.get(prefix + path.format(**names))
    assert page.status == 200
    assert page.language == ("en" if prefix else "nl")
    head = page.soup.head
    assert head is not None
    told = {str(tag.get("property") or tag.get("name")): tag.get("content") for tag in head("meta")}
    assert page.title.split(" – ")[0] == told["og:title"]
    assert 20 <= len(str(told["description"])) <= 300
    assert told["og:description"] == told["description"]
    assert told["og:locale"] == ("en_GB" if prefix else "nl_NL")
    assert str(told["og:image"]).startswith("http")
    (canonical,) = head.find_all("link", rel="canonical")
    assert str(canonical["href"]).endswith(prefix + path.format(**names))
    others = {str(link["hreflang"]) for link in head.find_all("link", rel="alternate")}
    assert others == {"nl", "en"}


@pytest.mark.parametrize("prefix", ["", "/en"], ids=["nl", "en"])
def test_it_shows_an_article_with_its_own_photo(client: Client, prefix: str) -> None:
    with_photo, without = make_article(picture=make_picture()), make_article()
    images = []
    for article in (with_photo, without):
        page = client.get(f"{prefix}/nieuws/{article.slug}")
        (image,) = page.soup.select('meta[property="og:image"]')
        images.append(str(image["content"]))
    assert with_photo.picture is not None
    assert images[0] == f"http://localhost{prefix}/beelden/{with_photo.picture.storage_key}"
    photo = client.get(images[0].removeprefix("http://localhost"))
    assert photo.headers["Content-Type"] == "image/webp"
    assert "/img/og." in images[1]


@pytest.mark.parametrize(("path", "name"), [("/", "De vereniging"), ("/en/", "The association")])
def test_it_names_the_vereniging_in_the_language_of_the_page_before_it_is_set_up(
    client: Client, path: str, name: str
) -> None:
    footer = client.get(path).soup.select_one(".site-footer")
    assert footer is not None
    assert name in footer.get_text()
