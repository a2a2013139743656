"""Tables that people take along: the same columns as CSV, ODS and JSON, written row by row."""

from portal.services.tables.about import licence_words, table_of
from portal.services.tables.cells import defused, plain_text
from portal.services.tables.table import Cell, Column, Kind, Table
from portal.services.tables.writing import FORMATS, MEDIA_TYPES, Format, write

__all__ = [
    "FORMATS",
    "MEDIA_TYPES",
    "Cell",
    "Column",
    "Format",
    "Kind",
    "Table",
    "defused",
    "licence_words",
    "plain_text",
    "table_of",
    "write",
]
