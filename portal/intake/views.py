"""Bringing in a file: chosen, looked at, put right, brought in, and taken back."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core.i18n import gettext as _
from portal.intake import actions
from portal.intake.columns import SHEETS, Sheet, label_of
from portal.intake.forms import RowForm, UploadForm
from portal.intake.models import Intake, IntakeRow
from portal.intake.queries import intakes
from portal.intake.samples import sample_of
from portal.intake.verdicts import FATES, FIT, VERDICTS, Fate, Verdict
from portal.lifecycle import step_of
from portal.policy import Permission
from portal.web.address import cursor_in_address
from portal.web.forms import OnceForm
from portal.web.guard import requires
from portal.web.person import viewer
from portal.web.taking import ENDING, take

bp = Blueprint("intake", __name__)

Chosen = TypeVar("Chosen", bound=StrEnum)

PATH = "/beheer/import"
ONE = f"{PATH}/<int:intake_id>"
KINDS = f"<any({', '.join(repr(str(each)) for each in Sheet)}):kind>"


class Counts(NamedTuple):
    """How many rows of a file are what, and how far the worker is."""

    rows: int
    verdicts: dict[Verdict, int]
    fates: dict[Fate, int]

    @property
    def fit(self) -> int:
        """How many rows are to be brought in."""
        return sum(self.verdicts.get(verdict, 0) for verdict in FIT)

    @property
    def left(self) -> int:
        """How many rows stay behind, as they are now."""
        return self.verdicts.get(Verdict.DOUBTFUL, 0) + self.verdicts.get(Verdict.WRONG, 0)

    @property
    def seen(self) -> int:
        """How many rows were looked at."""
        return self.rows - self.verdicts.get(Verdict.WAITING, 0)

    @property
    def brought(self) -> int:
        """How many were brought in and stand here still."""
        return self.fates.get(Fate.BROUGHT, 0)

    @property
    def prepared(self) -> int:
        """How many of those to be brought in are ready to be shown."""
        return sum(self.fates.values())


def _newest(_form: UploadForm) -> dict[str, object]:
    return {"intakes": intakes.newest_intakes(), "sheets": SHEETS}


@bp.route(PATH, methods=["GET", "POST"])
@requires(
    step_of("intake", "stage"),
    form=UploadForm,
    page="intake/index.html",
    context=_newest,
    limits=("upload_account",),
)
def index(form: UploadForm) -> ResponseReturnValue:
    """Choose a file, and see those that were brought in before."""
    intake = actions.stage(form.sheets, file_name=form.file_name, source=form.source(), by=viewer())
    return redirect(url_for("intake.show", intake_id=intake.id), 303)


@bp.get(f"{PATH}/sjabloon/{KINDS}.{ENDING}")
@requires(Permission.INTAKE_RUN)
def sample(kind: str, ending: str) -> ResponseReturnValue:
    """A sheet to begin with, which explains each column."""
    return take(sample_of(Sheet(kind), url_for("intake.index")), ending)


@bp.get(ONE)
@requires(Permission.INTAKE_RUN, load=intakes.get_intake)
def show(intake: Intake) -> ResponseReturnValue:
    """What bringing the file in would do, or did, row by row."""
    verdict = _asked(Verdict, request.args.get("wat", ""))
    fate = _asked(Fate, request.args.get("lot", ""))
    return render_template(
        "intake/show.html",
        intake=intake,
        counts=_counts(intake),
        page=intakes.shown_rows(intake.id, verdict=verdict, fate=fate, cursor=cursor_in_address()),
        chosen={"wat": verdict, "lot": fate},
        words={"verdicts": VERDICTS, "fates": FATES, "sheets": SHEETS},
        label_of=label_of,
        form=OnceForm.open(),
    )


def _asked(kind: type[Chosen], word: str) -> Chosen | None:
    return kind(word) if word in {str(each) for each in kind} else None


def _counts(intake: Intake) -> Counts:
    verdicts = dict(intakes.verdict_counts(intake.id))
    return Counts(sum(verdicts.values()), verdicts, dict(intakes.fate_counts(intake.id)))


@bp.route(f"{ONE}/regel/<int:row_id>", methods=["GET", "POST"])
@requires(
    step_of("intake", "row_edited"),
    load=intakes.get_row,
    form=RowForm,
    page="intake/row.html",
    context=lambda row, _form: {"intake": intakes.get_intake(row.intake_id), "label_of": label_of},
)
def row(row: IntakeRow, form: RowForm) -> ResponseReturnValue:
    """Put a row right, or say what it is."""
    actions.correct(
        row,
        form.cells(),
        choice=form.chosen,
        organisation_id=form.chosen_organisation_id,
        by=viewer(),
    )
    flash(_("De regel is opgeslagen en opnieuw bekeken."), "ok")
    return redirect(_at_row(row.intake_id, row.id), 303)


def _at_row(intake_id: int, row_id: int) -> str:
    return url_for("intake.show", intake_id=intake_id) + f"#regel-{row_id}"


@bp.post(f"{ONE}/doorvoeren")
@requires(step_of("intake", "bring_in"), load=intakes.get_intake, form=OnceForm)
def bring_in(intake: Intake, _form: OnceForm) -> ResponseReturnValue:
    """Bring in what is new and what changed."""
    actions.begin(intake, by=viewer())
    return redirect(url_for("intake.show", intake_id=intake.id), 303)


@bp.post(f"{ONE}/opnieuw")
@requires(step_of("intake", "look_again"), load=intakes.get_intake, form=OnceForm)
def look_again(intake: Intake, _form: OnceForm) -> ResponseReturnValue:
    """Look at all rows anew."""
    actions.look_again(intake, by=viewer())
    return redirect(url_for("intake.show", intake_id=intake.id), 303)


@bp.post(f"{ONE}/niet-invoeren")
@requires(step_of("intake", "drop"), load=intakes.get_intake, form=OnceForm)
def drop(intake: Intake, _form: OnceForm) -> ResponseReturnValue:
    """Bring nothing of the file in."""
    actions.drop(intake, by=viewer())
    flash(_("Er is niets ingevoerd. De regels zijn verwijderd."), "ok")
    return redirect(url_for("intake.index"), 303)


@bp.route(f"{ONE}/terughalen", methods=["GET", "POST"])
@requires(
    step_of("intake", "call_back"),
    load=intakes.get_intake,
    form=OnceForm,
    page="intake/call_back.html",
    context=lambda intake, _form: {"counts": _counts(intake)},
)
def call_back(intake: Intake, _form: OnceForm) -> ResponseReturnValue:
    """Take back all that came with the file."""
    actions.call_back(intake, by=viewer())
    return redirect(url_for("intake.show", intake_id=intake.id), 303)
