"""The files of the demo, taken in like any upload: inspected or drawn anew, then stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from wtforms import Form

from portal.demo import script
from portal.demo.documents import Paper, odt, pdf
from portal.demo.drawing.logos import logo
from portal.demo.drawing.scenes import scene
from portal.documents.fields import DocumentField, PictureField
from portal.documents.storing import store
from portal.documents.upload import KeptUpload
from portal.services.storage import storage

# As many threads as files are read at once, unless a setting says otherwise.
THREADS = 2
MANDATE = "mandaat"


class _Intake(Form):  # type: ignore[misc]
    """The fields behind which uploads are inspected."""

    document = DocumentField()
    logo = PictureField()
    photo = PictureField(photo=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to be made: the field that takes it in, its name, and what makes its bytes."""

    key: str
    field: str
    name: str
    make: Callable[[], bytes]


def take_in(app: Flask) -> dict[str, KeptUpload]:
    """Return every file of the script by its key, put into the storage; takes seconds."""
    with ThreadPoolExecutor(THREADS) as pool:
        uploads = dict(pool.map(partial(_taken_in, app), [*_pictures(), *_documents()]))
    for key, entry in script.organisations().items():
        for number, signature in enumerate(entry.get("signatures", ())):
            if "signatory" in signature and signature.get("way") != "historic":
                mandate = _copied(uploads[MANDATE], "pdf")
                uploads[f"{MANDATE}:signature:{key}:{number}"] = mandate
    return uploads


def _pictures() -> Iterator[_Wanted]:
    for key, entry in script.organisations().items():
        if "logo" in entry:
            sign, *colours = entry["logo"]
            yield _Wanted(f"logo:{key}", "logo", f"{key}.png", partial(logo, sign, colours))
    for key, article in script.articles().items():
        if "picture" in article:
            make = partial(scene, article["picture"])
            yield _Wanted(f"photo:{key}", "photo", f"{key}.png", make)


def _documents() -> Iterator[_Wanted]:
    for key, entry in script.table("papers").items():
        paper = Paper(
            entry["title"], entry["author"], entry["text"], entry.get("colour", "#1b1f2a")
        )
        make = partial(odt if entry["file"].endswith(".odt") else pdf, paper)
        yield _Wanted(key, "document", entry["file"], make)


def _taken_in(app: Flask, wanted: _Wanted) -> tuple[str, KeptUpload]:
    with app.app_context(), TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(wanted.make())
        upload: KeptUpload = _Intake()[wanted.field].take_in(path, wanted.name)
    return wanted.key, upload


def _copied(upload: KeptUpload, extension: str) -> KeptUpload:
    """Return the same file under new keys: all signatures have one example of a mandate."""
    preview = upload.preview_key
    return replace(
        upload,
        storage_key=store(extension, _bytes(upload.storage_key)),
        preview_key=store("webp", _bytes(preview)) if preview is not None else None,
    )


def _bytes(key: str) -> bytes:
    with storage().open(key) as file:
        return file.read()
