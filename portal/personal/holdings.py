"""What a table may hold of a person: how its rows are found, what is told, and what is erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from portal.core.mail_addresses import ERASED_HOST

# What stands in the place of a name that was erased.
ERASED_NAME = "Verwijderd account"


@dataclass(frozen=True, slots=True)
class Holding:
    """One table. Every text column of it is told or left out, every account in it mine or an act's.

    A row is a person's when one of `mine` holds the number of the account, or one of `address` its
    e-mail address, or when `via` leads to such a row of another table.
    """

    table: str
    # The heading of the copy, in Dutch, and what a reader must know of it.
    title: str
    note: str = ""
    mine: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    # The column that points at a row of the other table.
    via: tuple[str, str] | None = None
    told: tuple[str, ...] = ()
    # Of somebody else unless the row was found by the address.
    about: tuple[str, ...] = ()
    # Secrets, copies made for machines, and words that are an organisation's.
    left_out: tuple[str, ...] = ()
    # Accounts that did something to the row: the log tells of it.
    acts: tuple[str, ...] = ()
    # At erasure the row goes; else these columns get other values, and the remainder stays.
    goes: bool = False
    blank: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> frozenset[str]:
        """The columns of which somebody thought."""
        return frozenset((*self.told, *self.about, *self.left_out))


_CLAIM = ("stance", "stance_reason", "stance_language", "entered_as", "source_url", "source_title")
_PUBLIC = "Dit hoort bij het openbare register en blijft staan als uw account wordt verwijderd."
_NAMELESS = "Dit blijft staan als uw account wordt verwijderd, zonder uw naam."

_ACCOUNT = (
    Holding(
        "account",
        "Uw account",
        mine=("id",),
        told=("name", "email", "locale", "is_moderator", "is_beheerder", "has_desk_keys",
              "created_at", "confirmed_at", "entered_at", "blocked_at", "unreachable_since"),
        left_out=("email_key", "password_hash"),
        # The name and the address: `erasing` gives each account its own.
    ),
    Holding("account_session", "Browsers waarin u bent ingelogd", mine=("account_id",),
         told=("device", "created_at", "last_seen_at"), left_out=("token_hash",), goes=True),
    Holding("known_browser", "Browsers die wij herkennen", mine=("account_id",),
         told=("used_at",), left_out=("mark_hash",), goes=True),
    Holding("account_token", "Links die wij u mailden", mine=("account_id",), told=("purpose",
         "email", "address", "created_at", "expires_at", "used_at"),
         left_out=("token_hash", "mark_hash"), goes=True),
    Holding("pending_sign_in", "Inloggen dat op een code wacht", mine=("account_id",),
         told=("created_at",), left_out=("token_hash",), goes=True),
    # Before the telephone to which they belong.
    Holding("recovery_code", "Herstelcodes", "De codes zelf kunnen ook wij niet lezen.",
         mine=("account_id",), told=("used_at",), left_out=("code_hash",), goes=True),
    Holding("second_factor", "Inloggen met uw telefoon", mine=("account_id",),
         told=("confirmed_at",), left_out=("sealed_secret",), goes=True),
    Holding("draft", "Tekst die u typte en nog niet verstuurde", mine=("account_id",),
         told=("address", "fields", "typed_at", "dropped_at"), left_out=("mark_hash",), goes=True),
    Holding("used_key", "Formulieren die u verstuurde",
            "Zo verstuurt niemand een formulier dubbel.",
         mine=("account_id",), told=("address", "used_at"), left_out=("key",), goes=True),
    Holding("job", "Mails die wij u stuurden of nog sturen",
         "Geheime links zijn weggelaten. Verstuurde mails gaan na 90 dagen weg.",
         told=("kind", "payload", "state", "created_at", "done_at", "last_error"),
         left_out=("key", "decision", "template", "recipient"), goes=True),
)  # fmt: skip

_FOLLOWING = (
    Holding("follow_request", "Wat u wilde volgen en nog niet hebt bevestigd", address=("email",),
         told=("email", "what", "rhythm", "created_at"), left_out=("locale", "token_hash"),
         goes=True),
    # Before who follows it.
    Holding("follow", "Wat u volgt", via=("follower_id", "follower"),
         told=("what", "rhythm", "created_at"), goes=True),
    Holding("follower", "Dat u veranderingen volgt", mine=("account_id",), address=("email_key",),
         told=("email", "created_at"), left_out=("email_key", "locale", "code"), goes=True),
)  # fmt: skip

_ORGANISATIONS = (
    Holding("membership", "Organisaties waar u bij hoort", mine=("account_id",),
         told=("organisation_id", "role", "job_title", "created_at"), goes=True),
    Holding("absence", "Wanneer u afwezig bent, of een collega vervangt",
         mine=("account_id", "stand_in_id"),
         told=("organisation_id", "first_on", "last_on"), goes=True),
    Holding("mailbox", "Organisaties waarvan uw adres de mailbox is", address=("email_key",),
         told=("organisation_id", "email", "state", "mailed_at", "proved_at", "removed_at"),
         left_out=("email_key", "token_hash", "locale"), goes=True),
    Holding("past_membership", "Organisaties waar u bij hoorde", _NAMELESS, mine=("account_id",),
         told=("organisation_id", "role", "joined_at", "left_at", "how")),
    Holding("arrival", "Wanneer u eigenaar werd", mine=("account_id",),
         told=("organisation_id", "arrived_at", "seen_at"), acts=("seen_by",), goes=True),
    Holding("access_request", "Uw vragen om toegang", mine=("author_id",),
         told=("organisation_id", "job_title", "message", "state", "created_at"),
         left_out=("language",), blank={"job_title": "", "message": ""}),
    Holding("access_proposal", "Voorstellen om u toe te laten", address=("email_key",),
         told=("organisation_id", "email", "role", "proof", "state", "created_at", "effective_at"),
         left_out=("email_key", "token_hash", "language"), acts=("author_id",),
         blank={"email": ERASED_HOST, "email_key": ERASED_HOST, "proof": ""}),
    Holding("invitation", "Uitnodigingen van organisaties", address=("email_key",),
         told=("organisation_id", "email", "role", "state", "created_at", "expires_at"),
         left_out=("email_key", "token_hash", "former_token_hash"), acts=("author_id",),
         blank={"email": ERASED_HOST, "email_key": ERASED_HOST}),
    Holding("staff_invitation", "Uitnodigingen van de vereniging", address=("email_key",),
         told=("email", "role", "state", "created_at", "expires_at"),
         left_out=("email_key", "token_hash", "former_token_hash"), acts=("author_id",),
         blank={"email": ERASED_HOST, "email_key": ERASED_HOST}),
    Holding("organisation", "Organisaties die u hebt toegevoegd", _NAMELESS, mine=("created_by",),
         told=("name", "created_at"), acts=("frozen_by",),
         left_out=("slug", "sort_name", "match_name", "folded_name", "province", "website",
                   "mail_domain", "frozen_ground", *_CLAIM)),
    Holding("profile_text", "Omschrijvingen die u schreef", _NAMELESS, mine=("author_id",),
         told=("organisation_id", "body", "state", "created_at"), acts=("hidden_by",),
         left_out=("html", "language", "hidden_ground")),
    Holding("identity_proposal", "Namen en nummers die u voorstelde", _NAMELESS,
            mine=("author_id",),
         told=("organisation_id", "old", "new", "note", "state", "created_at"),
         left_out=("language", "source_url")),
    Holding("intake", "Bestanden die u invoerde", _NAMELESS, mine=("author_id",),
         told=("file_name", "source_title", "source_url", "state", "created_at", "unknown"),
         left_out=("language",)),
    Holding("intake_row", "Regels van bestanden die u invoerde", _PUBLIC,
            via=("intake_id", "intake"), told=("sheet", "number", "cells"),
         left_out=("name_key", "title_key", "cut", "choice", "verdict",
                   "remarks", "candidates", "changes", "fate", "before")),
)  # fmt: skip

_SIGNING = (
    Holding("signature", "Ondertekeningen",
         f"Waar u tekenbevoegde bent, of die u voorbereidde. {_PUBLIC}",
         mine=("author_id",), address=("signatory_email",),
         told=("organisation_id", "state", "created_at", "confirmed_at", "admitted_at",
               "ended_on", "mandate_note", "end_reason"),
         about=("signatory_name", "signatory_function", "signatory_email"),
         left_out=("pact_sha256", "language", "signed_words", "place", "end_language", *_CLAIM)),
    Holding("ending", "Opzeggingen", _PUBLIC, mine=("author_id",), address=("email",),
         told=("signature_id", "kind", "state", "reason", "proof_note", "created_at",
               "confirmed_at", "ends_at"),
         about=("name", "function", "email"), left_out=("language",)),
    Holding("signature_link", "Links om te ondertekenen of op te zeggen", address=("email",),
         told=("name", "function", "email", "purpose", "created_at", "expires_at", "used_at",
               "revoked_at"), left_out=("token_hash",), acts=("author_id",), goes=True),
    Holding("ending_stop_link", "Links om een opzegging te stoppen", mine=("account_id",),
         address=("email",), told=("name", "email", "created_at", "used_at", "revoked_at"),
         left_out=("token_hash",), goes=True),
)  # fmt: skip

_WRITING = (
    Holding("comment", "Reacties", _NAMELESS, mine=("author_id",),
         told=("discussion_id", "author_name", "job_title", "organisation_name",
               "is_of_vereniging", "state", "created_at", "placed_at", "edited_at", "hidden_at"),
         left_out=("html", "language", "hidden_ground", "thread_rank", "reply_rank"),
         acts=("hidden_by",), blank={"author_name": ERASED_NAME, "job_title": ""}),
    Holding("comment_version", "De tekst van uw reacties", _NAMELESS, via=("comment_id", "comment"),
         told=("comment_id", "number", "body", "state", "created_at"),
         left_out=("html", "language")),
    Holding("writer_record", "Hoeveel van uw reacties zijn geplaatst", mine=("account_id",),
         told=("placed_count", "refused_count"), goes=True),
    Holding("commitment", "Toezeggingen die u invoerde", _NAMELESS, mine=("author_id",),
         told=("organisation_id", "title", "state", "created_at", "published_at"),
         left_out=("slug", "kind", "what", "what_html", "for_whom", "why", "result", "language",
                   "progress", "term_words", "term_language", "term_precision", "term_edtf",
                   "sort_title", "withdraw_reason", "withdraw_language",
                   "withdraw_source_title", "withdraw_source_url", "withdrawn_as",
                   "hidden_ground", *_CLAIM),
         acts=("hidden_by", "term_confirmed_by")),
    Holding("progress_update", "Voortgangsberichten die u schreef", _NAMELESS, mine=("author_id",),
         told=("commitment_id", "author_name", "body", "ahead", "percent", "evidence_url",
               "told_on", "created_at", "retract_reason"),
         left_out=("progress", "html", "ahead_html", "language", "retract_language",
                   "hidden_ground", *_CLAIM),
         acts=("hidden_by",), blank={"author_name": ERASED_NAME}),
    Holding("prognosis", "Prognoses die u gaf", _NAMELESS, mine=("author_id",),
         told=("commitment_id", "author_name", "expected", "body", "created_at", "recalled_at"),
         left_out=("html", "language", "hidden_ground", "entered_as", "source_url",
                   "source_title"),
         acts=("hidden_by",), blank={"author_name": ERASED_NAME}),
    Holding("sent_reminder", "Herinneringen aan toezeggingen die u kreeg", mine=("account_id",),
         told=("commitment_id", "occasion", "about", "sent_at"), goes=True),
    Holding("revision", "Wijzigingen van toezeggingen", _NAMELESS, mine=("author_id",),
         told=("commitment_id", "number", "author_name", "reason", "replaced_at"),
         left_out=("fields", "language", "reason_language", "replaced_as", "entered_as", "stance",
                   "hidden_ground"),
         acts=("hidden_by",), blank={"author_name": ERASED_NAME}),
    Holding("term_move", "Termijnen die u verschoof", _NAMELESS, mine=("author_id",),
         told=("commitment_id", "author_name", "old_words", "new_words", "reason", "moved_at"),
         left_out=("old_language", "language", "entered_as", "source_url", "source_title"),
         blank={"author_name": ERASED_NAME}),
    Holding("disowning", "Wat volgens u niet van uw organisatie is", _NAMELESS, mine=("author_id",),
         told=("organisation_id", "title", "reason", "created_at"), acts=("hidden_by",),
         left_out=("subject", "address", "language", "hidden_ground")),
    Holding("article", "Berichten die u schreef", _NAMELESS, mine=("author_id",),
         told=("title", "state", "created_at", "published_at"), acts=("hidden_by",),
         left_out=("slug", "lead", "body", "html", "language", "picture_alt", "hidden_ground")),
    Holding("article_revision", "Berichten die u wijzigde", _NAMELESS, mine=("author_id",),
         told=("article_id", "title", "replaced_at"), left_out=("lead", "body", "language")),
    Holding("yearly_report", "Jaarverslagen die u maakte", _NAMELESS, mine=("author_id",),
         told=("year", "number", "counted_on", "state", "created_at"),
         left_out=("introduction", "correction", "language", "labels", "moderation", "counted_at",
                   "grace_days", "established_at", "earlier_id")),
    Holding("pact_version", "Versies van de tekst die u invoerde", _NAMELESS, mine=("author_id",),
         told=("label", "title", "created_at"), left_out=("body", "html", "sha256", "state")),
    Holding("document", "Documenten die u toevoegde", _NAMELESS, mine=("created_by",),
         told=("title", "created_at"), left_out=("language", "licence")),
    Holding("document_text", "Teksten die u van documenten uitschreef", _NAMELESS,
         mine=("written_by",), told=("version_id", "written_at"), left_out=("body", "html")),
    Holding("document_version", "Bestanden die u toevoegde", _NAMELESS, mine=("created_by",),
         told=("document_id", "file_name", "size", "created_at"), acts=("hidden_by",),
         left_out=("storage_key", "media_type", "sha256", "preview_key", "hidden_ground",
                   "file_title", "file_language")),
    Holding("picture", "Plaatjes die u toevoegde", _NAMELESS, mine=("created_by",),
         told=("created_at", "media_type"), acts=("hidden_by",),
         left_out=("storage_key", "small_key", "sha256", "hidden_ground")),
    Holding("history", "Wat u deed, en wat er met uw account en uw reacties gebeurde", _NAMELESS,
         mine=("account_id",), told=("at", "subject", "subject_id", "step", "from_state",
         "to_state", "ground", "actor"), left_out=("reason_sha256",)),
    Holding("history_reason", "De redenen daarbij", _NAMELESS, via=("history_id", "history"),
         told=("history_id", "reason"), left_out=("language",), acts=("emptied_by",)),
)  # fmt: skip

HOLDINGS: tuple[Holding, ...] = (*_ACCOUNT, *_FOLLOWING, *_ORGANISATIONS, *_SIGNING, *_WRITING)

# Table -> its text columns. Nothing in these says something of a person who is not the vereniging.
NOTHING: Mapping[str, tuple[str, ...]] = {
    "accessibility_statement": ("status", "duty", "report_url", "register_url", "failings_nl",
                                "failings_en"),
    "backup_made": (),
    "commitment_document": ("entered_as", "source_url", "source_title"),
    "commitment_layer": (),
    "commitment_principle": (),
    "discussion": ("address", "title", "language"),
    # Of documents that belong to commitments, which their organisations made public.
    "document_page": ("text",),
    "heartbeat": ("name", "kind", "version"),
    "identifier": ("scheme", "value"),
    "job_tally": ("kind", "outcome"),
    "layer": ("slug", "name_nl", "name_en"),
    "legal_text": ("slug", "title_nl", "title_en", "body_nl", "body_en", "html_nl", "html_en"),
    # Network and e-mail addresses as fingerprints with the key of one day, for two days.
    "limit_counter": ("name", "key"),
    "news_run": ("rhythm",),
    "page_picture": ("storage_key",),
    "organisation_kind": ("slug", "name_nl", "name_en"),
    "organisation_name": ("name", "match_name"),
    # What reports count: names of organisations, and titles of what they promised.
    "pinned_group": ("by", "slug"),
    "pinned_promise": ("title", "language", "organisation_name", "term_words", "term_language",
                       "outcome"),
    "pinned_signatory": ("name", "province", "event_name"),
    "principle": ("slug", "name_nl", "name_en"),
    # What somebody typed and nobody knows who, by day, for sixty days; no numbers and addresses.
    "search_miss": ("words",),
    # Words of what is public: they leave with the text that they are of.
    # Of organisations and their promises: who answered stands in the log.
    "rappel": ("name", "state"),
    "rappel_party": ("reach",),
    "rappel_plan": (),
    "rappel_promise": ("term_words", "term_language", "outcome"),
    "search_due": ("kind",),
    "search_entry": ("kind", "title_words"),
    "search_gram": ("gram",),
    "search_posting": (),
    "search_word": ("word", "dutch_stem", "english_stem"),
    "short_number": ("thing",),
    "public_mark": ("mark",),
    "register_archive": ("archive_key", "sha256"),
    "signing_event": ("name", "place", "source_url"),
    "trouble": ("name",),
    # Addresses as fingerprints with the portal's key.
    "unreachable_address": ("fingerprint",),
    "vereniging": ("name", "site_name", "email", "phone", "post_address", "website",
                   "security_contact", "logo_key"),
}  # fmt: skip
