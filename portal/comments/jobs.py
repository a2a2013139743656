"""What the worker does for comments: keep their HTML as it is rendered today."""

from __future__ import annotations

from portal.comments.models import Comment, CommentVersion
from portal.core.markdown import render_typed
from portal.services.rendering import keeps_html

keeps_html(CommentVersion.html, CommentVersion.body, render_typed)
keeps_html(
    Comment.html,
    CommentVersion.body,
    render_typed,
    CommentVersion,
    CommentVersion.id == Comment.placed_version_id,
)
