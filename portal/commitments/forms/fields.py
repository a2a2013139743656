"""What can be chosen in the forms about commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget


class TagsField(SelectMultipleField):
    """Any number of layers or themes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any = None, **options: Any) -> None:
        super().__init__(label, coerce=int, choices=[], **options)


def choices_of(words: Mapping[str, Any]) -> list[SelectChoice]:
    """Return choices in the order of `words`: value -> label."""
    return [SelectChoice(value, label) for value, label in words.items()]
