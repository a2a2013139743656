"""Answers that people take along: a table as a file, with what there is to say of it."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any
from urllib.parse import urlencode

from flask import Response, request, send_file

from portal.services import limits
from portal.services.tables import MEDIA_TYPES, Format, Table, write
from portal.web.address import client_address
from portal.web.downloads import attachment

LIMIT = "take_address"
# The end of the address of a list, as a route has it.
ENDING = f"<any({', '.join(repr(str(each)) for each in Format)}):ending>"
# More than this is written to the disk.
IN_MEMORY = 1024 * 1024


def take(table: Table, ending: str) -> Response:
    """Return the table as a file of the format that ends the address.

    TooMany for a client that asks too often. It is written before it goes out, to the disk when
    it is long, so that nobody who reads slowly holds the database.
    """
    limits.hit(LIMIT, client_address())
    form = Format(ending)
    file: Any = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the answer
    write(table, form, file)
    file.seek(0)
    answer = send_file(file, mimetype=MEDIA_TYPES[form].partition(";")[0], etag=False)
    answer.headers["Content-Type"] = MEDIA_TYPES[form]
    answer.headers["Content-Disposition"] = attachment(f"{table.name}.{form}")
    answer.headers["X-Robots-Tag"] = "noindex"
    if form is Format.CSV:
        query = urlencode(list(request.args.items(multi=True)))
        path = f"{request.script_root}{request.path}-metadata.json"
        about = f"{path}?{query}" if query else path
        answer.headers["Link"] = f'<{about}>; rel="describedby"; type="application/csvm+json"'
    return answer
