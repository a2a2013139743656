"""The built files, from memory: their names hold their hash, so they never change."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from pathlib import Path

from portal.front.answer import Answer
from portal.kept.packing import BROTLI, GZIP, PLAIN, digest_of, encoding_for, is_named, tag_of
from portal.web.assets import FOREVER

PREFIX = "/static/dist/"
_ENDS = {BROTLI: ".br", GZIP: ".gz"}
# Read anew by the templates alone; nobody asks for it, and it has no hash in its name.
_MANIFEST = "manifest.json"


class BuiltFiles:
    """Every built file with its packed forms; what is not among them is left to Flask."""

    def __init__(self, folder: Path, headers: Mapping[str, str]) -> None:
        fixed = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self._files: dict[str, dict[str, Answer]] = {}
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix not in _ENDS.values() and path.name != _MANIFEST:
                name = path.relative_to(folder).as_posix()
                self._files[PREFIX + name] = _forms(path, fixed)

    def answer(self, path: str, said: Mapping[bytes, bytes], *, is_head: bool) -> Answer | None:
        """Return a built file, or 304 to who has it; None for what Flask knows more of."""
        forms = self._files.get(path)
        if forms is None or b"range" in said:
            return None
        wish = encoding_for(said.get(b"accept-encoding", b"").decode("latin1"))
        answer = forms.get(wish) or forms[PLAIN]
        headers = answer.headers
        tag = next(value for name, value in headers if name == b"etag").decode()
        known = said.get(b"if-none-match", b"").decode("latin1")
        if known and is_named(tag, known):
            left_out = (b"content-length", b"content-type", b"content-encoding")
            return Answer(304, [pair for pair in headers if pair[0] not in left_out], b"", None)
        return Answer(200, headers, b"", None) if is_head else answer


def _forms(path: Path, fixed: list[tuple[bytes, bytes]]) -> dict[str, Answer]:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_words = kind.startswith("text/") or kind == "application/javascript"
    whole = f"{kind}; charset=utf-8" if is_words else kind
    digest = digest_of(path.read_bytes())
    forms = {}
    for encoding in (PLAIN, *_ENDS):
        packed = path.with_name(path.name + _ENDS.get(encoding, ""))
        if not packed.is_file():
            continue
        body = packed.read_bytes()
        headers = [
            (b"content-type", whole.encode()),
            *fixed,
            (b"cache-control", FOREVER.encode()),
            (b"vary", b"Accept-Encoding"),
            (b"etag", tag_of(digest, encoding).encode()),
            (b"content-length", str(len(body)).encode()),
        ]
        if encoding:
            headers.append((b"content-encoding", encoding.encode()))
        forms[encoding] = Answer(200, headers, body, None)
    return forms
