"""What can be chosen in the forms about commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

Word = TypeVar("Word", bound=str)


class TagsField(SelectMultipleField):
    """Any number of layers or themes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: object = None, **options: object) -> None:
        super().__init__(label, coerce=int, choices=[], **options)


def choices_of(labels: Mapping[Word, object]) -> list[SelectChoice]:
    """Return the choices of value -> label, in that order."""
    return [SelectChoice(value, label) for value, label in labels.items()]
