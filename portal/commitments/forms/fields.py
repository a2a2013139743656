"""What can be chosen in the forms about commitments."""

from __future__ import annotations

from collections.abc import Mapping

from wtforms import SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget


class TagsField(SelectMultipleField):
    """Any number of layers or themes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: object = None, **options: object) -> None:
        super().__init__(label, coerce=int, choices=[], **options)


def choices_of(labels: Mapping[str, object]) -> list[SelectChoice]:
    """Return the choices of value -> label, in that order."""
    return [SelectChoice(value, label) for value, label in labels.items()]
