"""Where something followed on a decision, so that undoing it would be refused: for lists."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.orm import aliased

from portal.comments.models import Comment, CommentVersion, Discussion
from portal.commitments.models import Commitment
from portal.lifecycle import (
    CommentState,
    CommitmentState,
    SignatureState,
    TextState,
)
from portal.organisations.models import ProfileText
from portal.signatures.models import Ending, EndingKind, Signature

_LaterText, _Comment = aliased(CommentVersion), aliased(Comment)
COMMENT: ColumnElement[bool] = or_(
    exists().where(
        _LaterText.comment_id == CommentVersion.comment_id, _LaterText.id > CommentVersion.id
    ),
    exists().where(
        _Comment.id == CommentVersion.comment_id,
        or_(
            _Comment.state == CommentState.WITHDRAWN,
            and_(CommentVersion.state == TextState.PLACED, _Comment.placed_reply_count > 0),
        ),
    ),
)

_LaterProfile = aliased(ProfileText)
PROFILE: ColumnElement[bool] = exists().where(
    _LaterProfile.organisation_id == ProfileText.organisation_id,
    _LaterProfile.id > ProfileText.id,
)

_Ending, _Earlier, _Promised = aliased(Ending), aliased(Signature), aliased(Commitment)
_Talk = aliased(Discussion)
_WAS_SIGNATORY_BEFORE = exists().where(
    _Earlier.organisation_id == Signature.organisation_id, _Earlier.state == SignatureState.ENDED
)
_IS_BUILT_ON = or_(
    exists().where(
        _Promised.organisation_id == Signature.organisation_id,
        _Promised.state.in_((CommitmentState.PUBLISHED, CommitmentState.WITHDRAWN)),
    ),
    exists().where(
        _Talk.id == Signature.discussion_id,
        or_(_Talk.placed_count > 0, _Talk.pending_count > 0),
    ),
)
SIGNATURE: ColumnElement[bool] = and_(
    Signature.state == SignatureState.ADMITTED,
    or_(
        exists().where(_Ending.signature_id == Signature.id),
        and_(~_WAS_SIGNATORY_BEFORE, _IS_BUILT_ON),
    ),
)

_Ended = aliased(Signature)
ENDING: ColumnElement[bool] = or_(
    Ending.kind == EndingKind.BY_VERENIGING,
    ~exists().where(_Ended.id == Ending.signature_id, _Ended.state == SignatureState.ADMITTED),
)
