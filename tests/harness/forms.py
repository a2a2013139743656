"""A form on a page: filled in and sent as a browser does it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlencode, urljoin

from bs4 import Tag

if TYPE_CHECKING:
    from tests.harness.page import Page

Upload = tuple[bytes, str]  # content and file name
BUTTONS = ("submit", "button", "image", "reset")


class PageForm:
    """The fields of one form with what stands in them; `submit` changes some and sends all."""

    def __init__(self, page: Page, element: Tag) -> None:
        self.page = page
        self.element = element
        self.action = urljoin(page.path, str(element.get("action") or page.path))
        self.method = str(element.get("method", "get")).lower()
        self.fields = {name: self._standing(name) for name in self._names()}

    def _names(self) -> list[str]:
        found = self.element.find_all(["input", "select", "textarea"], attrs={"name": True})
        kept = (f for f in found if f.get("type") not in BUTTONS and not f.has_attr("disabled"))
        return list(dict.fromkeys(str(field["name"]) for field in kept))

    def _elements(self, name: str) -> list[Tag]:
        return [
            field
            for field in self.element.find_all(["input", "select", "textarea"])
            if field.get("name") == name and field.get("type") not in BUTTONS
        ]

    def _standing(self, name: str) -> Any:
        first, *_ = elements = self._elements(name)
        if first.name == "textarea":
            # A browser drops the newline right after the tag.
            return first.get_text().removeprefix("\n")
        if first.name == "select":
            options = first.find_all("option")
            chosen = [option for option in options if option.has_attr("selected")]
            return _value((chosen or options[:1])[0]) if options else None
        if first.get("type") in ("checkbox", "radio"):
            checked = [_value(e) for e in elements if e.has_attr("checked")]
            if first.get("type") == "radio":
                return checked[0] if checked else None
            return checked
        if first.get("type") == "file":
            return None
        return str(first.get("value", ""))

    def choices(self, name: str) -> list[str]:
        """The values that a select, a group of radio buttons or of checkboxes offers."""
        first, *_ = elements = self._elements(name)
        if first.name == "select":
            return [_value(option) for option in first.find_all("option")]
        return [_value(element) for element in elements]

    def buttons(self) -> list[str]:
        """The texts of the buttons that send the form."""
        return [button.get_text(" ", strip=True) for button in self._buttons()]

    def _buttons(self) -> list[Tag]:
        found = self.element.find_all(["button", "input"])
        return [
            b for b in found if b.get("type", "submit" if b.name == "button" else "") == "submit"
        ]

    def fill(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return all fields with these values in them; refused when the page offers no such."""
        filled = dict(self.fields)
        for name, value in values.items():
            assert name in filled, f"{self.page} offers no field {name!r}, only {list(filled)}"
            filled[name] = self._chosen(name, value)
        return filled

    def _chosen(self, name: str, value: Any) -> Any:
        first = self._elements(name)[0]
        kind = "select" if first.name == "select" else first.get("type")
        if kind == "checkbox":
            offered = self.choices(name)
            value = offered if value is True else [] if value in (False, None) else value
            value = [str(v) for v in ([value] if isinstance(value, str | int) else value)]
        elif kind in ("select", "radio") and value is not None:
            value = str(value)
        if kind in ("checkbox", "select", "radio"):
            wanted = value if isinstance(value, list) else [value]
            missing = [v for v in wanted if v is not None and v not in self.choices(name)]
            assert not missing, f"{name!r} offers {self.choices(name)}, not {missing}"
        return value

    def submit(
        self,
        values: dict[str, Any] | None = None,
        *,
        press: str | None = None,
        follow: bool = True,
        **more: Any,
    ) -> Page:
        """Fill in, press the button with the text `press` (or the first), and see what comes.

        A file is (content, file name), or a list of them. `follow=False` stops at a redirect.
        """
        sent = self.fill({**(values or {}), **more})
        pressed = self._pressed(press)
        if pressed is not None and pressed.get("name"):
            sent[str(pressed["name"])] = str(pressed.get("value", ""))
        action = self.action
        if pressed is not None and pressed.get("formaction"):
            # A browser keeps the fragment to itself.
            action = urldefrag(urljoin(self.action, str(pressed["formaction"]))).url
        if self.method == "get":
            return self.page.client.get(_with_query(action, sent), follow=follow)
        multipart = self.element.get("enctype") == "multipart/form-data"
        has_file = any(_is_upload(v) for value in sent.values() for v in _several(value))
        assert multipart or not has_file, f"{self.action} would send only the name of a file"
        return self.page.client.post(
            action, data=_payload(sent), follow=follow, multipart=multipart
        )

    def _pressed(self, text: str | None) -> Tag | None:
        buttons = self._buttons()
        if text is None:
            return buttons[0] if buttons else None
        for button in buttons:
            if text in (button.get_text(" ", strip=True), button.get("value")):
                return button
        raise AssertionError(f"{self.page} has no button {text!r}, only {self.buttons()}")


def _value(element: Tag) -> str:
    if element.name == "option":
        return str(element.get("value", element.get_text(strip=True)))
    return str(element.get("value", "on"))


def _is_upload(value: Any) -> bool:
    return isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], bytes)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _payload(fields: dict[str, Any]) -> dict[str, Any]:
    sent: dict[str, Any] = {}
    for name, value in fields.items():
        kept = [_sent(one) for one in _several(value) if one is not None]
        if kept:
            sent[name] = kept
    return sent


def _sent(value: Any) -> Any:
    if _is_upload(value):
        content, filename = value
        return (BytesIO(content), filename)
    # A browser sends the line ends of a text as CR LF.
    return str(value).replace("\r\n", "\n").replace("\n", "\r\n")


def _with_query(action: str, fields: dict[str, Any]) -> str:
    query = urlencode(_payload(fields), doseq=True)
    return f"{action.split('?')[0]}?{query}" if query else action
