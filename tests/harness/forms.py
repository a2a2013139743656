"""A form on a page: filled in and sent as a browser does it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlencode, urljoin

from tests.harness.tree import Element, strings, words

if TYPE_CHECKING:
    from tests.harness.page import Page

Upload = tuple[bytes, str]  # content and file name
BUTTONS = ("submit", "button", "image", "reset")
FIELDS = ("input", "select", "textarea")


class PageForm:
    """The fields of one form with what stands in them; `submit` changes some and sends all."""

    def __init__(self, page: Page, element: Element) -> None:
        self.page = page
        self.element = element
        self.action = urljoin(page.path, element.get("action") or page.path)
        self.method = element.get("method", "get").lower()
        self._by_name: dict[str, list[Element]] = {}
        for field in element.iter(*FIELDS):
            if "name" in field.attrib and field.get("type") not in BUTTONS:
                self._by_name.setdefault(field.attrib["name"], []).append(field)
        self.fields = {
            name: self._standing(name)
            for name, fields in self._by_name.items()
            if any("disabled" not in field.attrib for field in fields)
        }

    def field(self, name: str) -> Element:
        """The field of this name; the first of several."""
        return self._by_name[name][0]

    def _standing(self, name: str) -> Any:
        first, *_ = elements = self._by_name[name]
        if first.tag == "textarea":
            # A browser drops the newline right after the tag.
            return "".join(strings(first)).removeprefix("\n")
        if first.tag == "select":
            options = list(first.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib]
            return _value((chosen or options[:1])[0]) if options else None
        if first.get("type") in ("checkbox", "radio"):
            checked = [_value(e) for e in elements if "checked" in e.attrib]
            if first.get("type") == "radio":
                return checked[0] if checked else None
            return checked
        if first.get("type") == "file":
            return None
        return first.get("value", "")

    def choices(self, name: str) -> list[str]:
        """The values that a select, a group of radio buttons or of checkboxes offers."""
        first, *_ = elements = self._by_name[name]
        if first.tag == "select":
            return [_value(option) for option in first.iter("option")]
        return [_value(element) for element in elements]

    def buttons(self) -> list[str]:
        """The texts of the buttons that send the form."""
        return [words(button) for button in self._buttons()]

    def _buttons(self) -> list[Element]:
        found = self.element.iter("button", "input")
        return [
            b for b in found if b.get("type", "submit" if b.tag == "button" else "") == "submit"
        ]

    def fill(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return all fields with these values in them; refused when the page offers no such."""
        filled = dict(self.fields)
        for name, value in values.items():
            assert name in filled, f"{self.page} offers no field {name!r}, only {list(filled)}"
            filled[name] = self._chosen(name, value)
        return filled

    def _chosen(self, name: str, value: Any) -> Any:
        first = self.field(name)
        kind = "select" if first.tag == "select" else first.get("type")
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
            sent[pressed.attrib["name"]] = pressed.get("value", "")
        action = self.action
        if pressed is not None and pressed.get("formaction"):
            # A browser keeps the fragment to itself.
            action = urldefrag(urljoin(self.action, pressed.attrib["formaction"])).url
        if self.method == "get":
            return self.page.client.get(_with_query(action, sent), follow=follow)
        multipart = self.element.get("enctype") == "multipart/form-data"
        has_file = any(_is_upload(v) for value in sent.values() for v in _several(value))
        assert multipart or not has_file, f"{self.action} would send only the name of a file"
        return self.page.client.post(
            action, data=_payload(sent), follow=follow, multipart=multipart
        )

    def _pressed(self, text: str | None) -> Element | None:
        buttons = self._buttons()
        if text is None:
            return buttons[0] if buttons else None
        for button in buttons:
            if text in (words(button), button.get("value")):
                return button
        raise AssertionError(f"{self.page} has no button {text!r}, only {self.buttons()}")


def _value(element: Element) -> str:
    if element.tag == "option":
        return element.get("value", "".join(text.strip() for text in strings(element)))
    return element.get("value", "on")


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
