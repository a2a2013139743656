"""What a language brings its words of a term back to: the plain Dutch in which terms are read."""

import re
from dataclasses import dataclass

Rules = tuple[tuple[re.Pattern[str], str], ...]

# Before plain words of which only the end counts ("deadline", "uiterlijk" behind them).
LIMIT = "limiet "
# Only the accents that Dutch writes: a struck-through letter is not that letter.
ACCENTS = ("(?<=[a-z])[\u0300\u0301\u0302\u0308]+", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Phrases to replace first, then single words."""

    phrases: Rules
    synonyms: dict[str, str]


def rules(*pairs: tuple[str, str]) -> Rules:
    """Give the patterns and their replacements, ready to use in this order."""
    return tuple((re.compile(pattern), plain) for pattern, plain in pairs)


def replaced(text: str, by: Rules) -> str:
    """Give the text after every rule, in order."""
    for pattern, plain in by:
        text = pattern.sub(plain, text)
    return text
