"""What a form asks back: nothing is wrong with what was typed, it only waits for an answer."""

from __future__ import annotations

from wtforms import Form


class CounterQuestion(str):
    """A message beside a field that is a question and no fault."""

    __slots__ = ()


def is_question(message: object) -> bool:
    """Return whether a message beside a field is a question."""
    return isinstance(message, CounterQuestion)


def only_asks(form: Form) -> bool:
    """Return whether a form came back with questions alone: no page calls that a fault."""
    messages = [message for messages in form.errors.values() for message in messages]
    return bool(messages) and all(map(is_question, messages))
