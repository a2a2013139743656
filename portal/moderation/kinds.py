"""The kinds of things that wait at the desk: one object each, which the rest of it follows."""

from __future__ import annotations

from sqlalchemy import and_, select

from portal.comments import actions as comments
from portal.comments.models import Comment, CommentVersion
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import EndingState, SignatureState, TextState
from portal.moderation import followed, rows
from portal.moderation.access import ACCESS_PROPOSAL, ACCESS_REQUEST
from portal.moderation.proposals import IDENTITY_PROPOSAL
from portal.moderation.waiting import Act, Decision, Item, Kind, Label, Question, WayBack
from portal.organisations import actions as organisations
from portal.organisations.models import ProfileText
from portal.services.grounds import SIGNATURE_GROUNDS, TEXT_GROUNDS
from portal.signatures import actions as signatures
from portal.signatures.models import Ending, EndingKind, Signature
from portal.signatures.queries import evidence_of, evidence_of_ending

WITH_REASON = (Question.GROUND, Question.REASON)


def place(act: Act, done: Label) -> Decision:
    """Return the decision to put a text before everybody."""
    return Decision(
        step="place",
        path="plaatsen",
        label=_l("Plaatsen"),
        key="p",
        note=_l("Iedereen kan deze tekst dan meteen lezen."),
        press=_l("Ja, plaatsen"),
        act=act,
        done=done,
    )


def ask_change(act: Act) -> Decision:
    """Return the decision to ask the writer for another text."""
    return Decision(
        step="ask_change",
        path="aanpassen",
        label=_l("Aanpassing vragen"),
        key="v",
        asks=WITH_REASON,
        press=_l("Vraag versturen"),
        act=act,
        done=_l("De schrijver krijgt een mail met de vraag om de tekst aan te passen."),
    )


def refuse(act: Act, done: Label) -> Decision:
    """Return the decision not to place a text."""
    return Decision(
        step="refuse",
        path="weigeren",
        label=_l("Niet plaatsen"),
        key="w",
        asks=WITH_REASON,
        press=_l("Niet plaatsen en reden versturen"),
        is_refusal=True,
        act=act,
        done=done,
    )


def _comment_name(item: Item) -> Label:
    if item.row.is_change:
        return _l("Wijziging van een reactie")
    return _l("Antwoord op een reactie") if item.row.parent_id is not None else _l("Reactie")


COMMENT = Kind(
    thing=CommentVersion.thing,
    path="reacties",
    rows=rows.COMMENTS,
    # A change of a comment that is hidden waits until the comment is back.
    waits=and_(
        CommentVersion.state == TextState.PENDING,
        CommentVersion.comment_id.not_in(select(Comment.id).where(Comment.hidden_at.is_not(None))),
    ),
    id=CommentVersion.id,
    since=CommentVersion.created_at,
    undo=comments.undo_decision,
    followed=followed.COMMENT,
    heading=_l("Reacties"),
    name=_comment_name,
    template="moderation/comment_version.html",
    summary="moderation/_comment_version.html",
    grounds=TEXT_GROUNDS,
    reason_label=_l("Toelichting voor de schrijver"),
    reason_missing=_l("Schrijf op waarom."),
    has_record=True,
    # Whose name it speaks in, and whose page it stands on.
    organisations=("organisation_id", "discussed_id"),
    decisions=(
        place(comments.place, _l("De reactie is geplaatst. De schrijver krijgt een mail.")),
        ask_change(comments.ask_change),
        refuse(
            comments.refuse,
            _l("De reactie is niet geplaatst. De schrijver krijgt een mail met de reden."),
        ),
    ),
)

PROFILE = Kind(
    thing=ProfileText.thing,
    path="profielen",
    rows=rows.PROFILES,
    waits=ProfileText.state == TextState.PENDING,
    id=ProfileText.id,
    since=ProfileText.created_at,
    undo=organisations.undo_profile_decision,
    followed=followed.PROFILE,
    heading=_l("Korte omschrijvingen"),
    name=lambda _item: _l("Korte omschrijving"),
    template="moderation/profile.html",
    grounds=TEXT_GROUNDS,
    reason_label=_l("Toelichting voor de schrijver"),
    reason_missing=_l("Schrijf op waarom."),
    decisions=(
        place(
            organisations.place_profile,
            _l("De tekst is geplaatst. De schrijver krijgt een mail."),
        ),
        ask_change(organisations.ask_profile_change),
        refuse(
            organisations.refuse_profile,
            _l("De tekst is niet geplaatst. De schrijver krijgt een mail met de reden."),
        ),
    ),
)


SIGNATURE = Kind(
    thing=Signature.thing,
    path="ondertekeningen",
    rows=rows.SIGNATURES,
    waits=Signature.state == SignatureState.CONFIRMED,
    id=Signature.id,
    since=Signature.waits_since,
    undo=signatures.undo_decision,
    followed=followed.SIGNATURE,
    heading=_l("Ondertekeningen"),
    name=lambda _item: _l("Ondertekening"),
    template="moderation/signature.html",
    summary="moderation/_signature.html",
    beside=evidence_of,
    emails=("signatory_email",),
    grounds=SIGNATURE_GROUNDS,
    reason_label=_l("Toelichting voor de organisatie"),
    reason_missing=_l("Schrijf op wat er nodig is, of waarom u afwijst."),
    decisions=(
        Decision(
            step="admit",
            path="toelaten",
            label=_l("Toelaten als ondertekenaar"),
            key="p",
            note=_l("De organisatie staat dan meteen als ondertekenaar op de site."),
            asks=(Question.SEEN, Question.MANDATE),
            press=_l("Ja, toelaten"),
            act=signatures.admit,
            done=_l("%(name)s is nu ondertekenaar."),
        ),
        Decision(
            step="ask_more",
            path="aanvullen",
            label=_l("Aanvulling vragen"),
            key="v",
            asks=WITH_REASON,
            press=_l("Vraag versturen"),
            act=signatures.ask_more,
            done=_l("De organisatie krijgt een mail met uw vraag."),
        ),
        Decision(
            step="decline",
            path="afwijzen",
            label=_l("Afwijzen"),
            key="w",
            asks=WITH_REASON,
            press=_l("Afwijzen en reden versturen"),
            is_refusal=True,
            act=signatures.decline,
            done=_l("De aanvraag is afgewezen. De organisatie krijgt een mail met de reden."),
        ),
    ),
)


def _ending_name(item: Item) -> Label:
    if item.row.kind == EndingKind.BY_VERENIGING:
        return _l("Voorstel om te beëindigen")
    return _l("Opzegging")


ENDING = Kind(
    thing=Ending.thing,
    path="opzeggingen",
    rows=rows.ENDINGS,
    waits=Ending.state.in_((EndingState.CONFIRMED, EndingState.PROPOSED)),
    id=Ending.id,
    since=Ending.waits_since,
    undo=signatures.undo_end_decision,
    followed=followed.ENDING,
    ways_back={
        "agree": WayBack(
            step="stop",
            endpoint="signatures.stop_end",
            argument="ending_id",
            label=_l("Opzegging stoppen"),
        )
    },
    heading=_l("Opzeggingen"),
    name=_ending_name,
    template="moderation/ending.html",
    summary="moderation/_ending.html",
    beside=evidence_of_ending,
    emails=("signatory_email", "email"),
    reason_label=_l("Toelichting voor wie het aangaat"),
    reason_missing=_l("Schrijf op waarom."),
    decisions=(
        Decision(
            step="agree",
            path="akkoord",
            label=_l("Akkoord: laat de opzegging ingaan"),
            key="p",
            note=_l("Iedereen die het aangaat, kan de opzegging dan nog stoppen."),
            asks=(Question.SEEN,),
            press=_l("Ja, akkoord"),
            act=signatures.agree_end,
            done=_l("U bent akkoord. Iedereen die het aangaat, krijgt een mail."),
        ),
        Decision(
            step="ask_more",
            path="aanvullen",
            label=_l("Aanvulling vragen"),
            key="v",
            asks=(Question.REASON,),
            press=_l("Vraag versturen"),
            act=signatures.ask_more_of_end,
            done=_l("De organisatie krijgt een mail met uw vraag."),
        ),
        Decision(
            step="refuse",
            path="weigeren",
            label=_l("Niet akkoord"),
            key="w",
            asks=(Question.REASON,),
            press=_l("Niet akkoord en reden versturen"),
            is_refusal=True,
            act=signatures.refuse_end,
            done=_l("De opzegging gaat niet door. Iedereen die het aangaat, krijgt een mail."),
        ),
    ),
)

KINDS = (ACCESS_PROPOSAL, ACCESS_REQUEST, COMMENT, ENDING, IDENTITY_PROPOSAL, PROFILE, SIGNATURE)


def find_kind(thing: str) -> Kind | None:
    """Return the kind of a thing, None when none of those waits at the desk."""
    return next((kind for kind in KINDS if kind.thing == thing), None)
