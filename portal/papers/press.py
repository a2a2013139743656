"""Sets a paper as PDF or PNG by typst; runs in the sandbox, and imports nothing of the portal.

What people typed goes in as data, so that none of it is ever read as markup.
"""

from __future__ import annotations

import base64
import io
import json
import sys

import typst
from PIL import Image

_PIXELS_PER_INCH = 144.0
_COLOURS = 32
# What the letters at hand can show; a paper that holds other signs has REPLACED for each.
_SHOWN = ((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x370, 0x373), (0x386, 0x3FF))
_ALSO_SHOWN = "–—‘’‚“”„†•…‰‹›€™−ẞ\n"
_REPLACED = "?"


def read(argument: str) -> dict[str, object]:
    """Return the paper on standard input, set; or `failed` with what typst says of it.

    `argument` is the form and the folder with letters. The input is JSON: template and paper.
    """
    form, fonts = argument.split(":", 1)
    given = json.load(sys.stdin)
    template, paper = given["template"].encode(), json.dumps(given["paper"])
    try:
        made = _set(template, paper, form, fonts)
    except typst.TypstError:
        # A standard for everybody's eyes and ears refuses signs for which there is no letter.
        made = _set(template, json.dumps(_shown(given["paper"])), form, fonts)
    return {"file": base64.b64encode(made).decode()}


def _set(template: bytes, paper: str, form: str, fonts: str) -> bytes:
    # Its own types say that it has one of which nothing tells what it is.
    compiler = typst.Compiler(  # type: ignore[misc]
        template,
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"paper": paper, "form": form},
    )
    if form == "pdf":
        made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    else:
        made = compiler.compile(format="png", ppi=_PIXELS_PER_INCH)
    found = made if isinstance(made, bytes) else b""
    return _smaller(found) if form == "png" else found


def _smaller(picture: bytes) -> bytes:
    """Return the same picture in the few colours that it has, a quarter as long."""
    file = io.BytesIO()
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    whole.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _shown(value: object) -> object:
    """Return the same with every sign replaced for which there may be no letter."""
    if isinstance(value, str):
        return "".join(sign if _is_shown(sign) else _REPLACED for sign in value)
    if isinstance(value, list):
        return [_shown(each) for each in value]
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return value


def _is_shown(sign: str) -> bool:
    number = ord(sign)
    return sign in _ALSO_SHOWN or any(first <= number <= last for first, last in _SHOWN)
