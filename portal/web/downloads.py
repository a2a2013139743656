"""The header that gives a download its name."""

from __future__ import annotations

import re
from urllib.parse import quote

from portal.core.folding import in_ascii, without_machine_signs

# What may stand unescaped in `filename*` (RFC 8187, attr-char).
_PLAIN = "!#$&+-.^_`|~"
# Between quotes some browsers read an escaped sign as two, and %41 as A.
_UNQUOTABLE = re.compile(r'["\\%]')
_LINE_ENDS = re.compile(r"[\t\n\r\x85]+")


def attachment(file_name: str) -> str:
    """Return the Content-Disposition with which a browser keeps a file under `file_name`.

    In ASCII, whatever the name holds: a plain spelling of it for old programs, and beside that the
    name itself (RFC 6266). Signs that no file name can hold become a hyphen.
    """
    name = _LINE_ENDS.sub("-", without_machine_signs(file_name, instead="-"))
    plain = _UNQUOTABLE.sub("_", in_ascii(name, instead="_"))
    header = f'attachment; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe=_PLAIN)}"
