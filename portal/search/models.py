"""The index: entries, the vocabulary of all their words, which word stands where, what is due."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.search.words import LONGEST_WORD

# Words in which more was asked are not kept.
LONGEST_MISS = 80


class SearchEntry(Base):
    """One public thing that can be found: only what its order and its count need."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Of `Kind`, and the id of the row that it is.
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    # Its name or title as somebody would ask for it, with a space between the words.
    title_words: Mapped[str] = mapped_column(Text)
    dated: Mapped[date]
    year: Mapped[int] = mapped_column(server_default="0")
    # The organisation whose it is, if it is of one.
    owner_id: Mapped[int | None]


class SearchWord(Base):
    """A word of the vocabulary, with its stems, and in how many entries it stands."""

    __tablename__ = "search_word"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(LONGEST_WORD), unique=True)
    dutch_stem: Mapped[str] = mapped_column(String(LONGEST_WORD), index=True)
    english_stem: Mapped[str] = mapped_column(String(LONGEST_WORD), index=True)
    entries: Mapped[int]


class SearchGram(Base):
    """Three signs in a row of a word: for parts of words and for slips of a finger."""

    __tablename__ = "search_gram"
    __table_args__ = {"sqlite_with_rowid": False}

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word_id: Mapped[int] = mapped_column(ForeignKey("search_word.id"), primary_key=True, index=True)


class SearchPosting(Base):
    """A word stands in an entry: in its name or title, or in its text only."""

    __tablename__ = "search_posting"
    __table_args__ = (
        Index("ix_search_posting_entry_id", "entry_id"),
        {"sqlite_with_rowid": False},
    )

    word_id: Mapped[int] = mapped_column(ForeignKey("search_word.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("search_entry.id"), primary_key=True)
    in_title: Mapped[bool]


class SearchDue(Base):
    """Something changed of this subject, so its entry is made anew; triggers write these rows."""

    __tablename__ = "search_due"
    __table_args__ = (
        Index("ix_search_due_subject", "kind", "subject_id"),
        Index(
            "ix_search_due_cut",
            "kind",
            "subject_id",
            # In the words in which it is asked: SQLite knows no other as the same.
            sqlite_where=text("is_cut = 1"),
            postgresql_where=text("is_cut"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    subject_id: Mapped[int]
    # A text of it was hidden: it is found by no word until its entry is made anew.
    is_cut: Mapped[bool] = mapped_column(server_default=false())


class SearchMiss(Base):
    """How often words were asked on a day of which nothing was found; not by whom.

    Words that are not kept, for what they might tell of somebody, stand together as "".
    """

    __tablename__ = "search_miss"
    __table_args__ = {"sqlite_with_rowid": False}

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(LONGEST_MISS), primary_key=True)
    count: Mapped[int]
