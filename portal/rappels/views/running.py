"""The pages of the vereniging: putting a rappel ready, sending it, and what comes in."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock
from portal.core.i18n import gettext as _
from portal.core.i18n import lazy_gettext as _l
from portal.lifecycle import RappelState, step_of
from portal.policy import Permission
from portal.rappels import actions, queries
from portal.rappels.forms import CountedForm, PlanForm
from portal.rappels.models import Rappel, RappelPlan
from portal.rappels.outcomes import Reach
from portal.rappels.queries import Round, round_on
from portal.rappels.views.blueprint import bp
from portal.rappels.views.showing import figures_of
from portal.web.forms import ButtonForm, OnceForm, PortalForm
from portal.web.guard import requires
from portal.web.person import viewer

DESK = "/werkvoorraad/rappel"


def to_desk() -> ResponseReturnValue:
    """Lead to the page of the rappel that runs."""
    return redirect(url_for("rappels.desk"), 303)


@bp.get(DESK)
@requires(Permission.RAPPEL_RUN)
def desk() -> ResponseReturnValue:
    """The rappel that runs with what comes in, or the way to a new one; and those before it."""
    running = queries.find_running()
    figures = figures_of(running) if running is not None and running.is_open else {}
    return render_template(
        "rappels/desk.html",
        **{"rappel": running, **figures},
        rappels=queries.rappels(),
        planned_on=queries.planned_on(),
        button_form=ButtonForm.open(),
        once_form=OnceForm.open(),
    )


@bp.post(f"{DESK}/klaarzetten")
@requires(step_of("rappel", "prepare"), form=OnceForm)
def prepare(_form: OnceForm) -> ResponseReturnValue:
    """Put a rappel ready, and show what would go out."""
    rappel = actions.prepare(by=viewer())
    flash(_("Het rappel staat klaar. Er is nog niets verstuurd."), "ok")
    return redirect(url_for("rappels.send", name=rappel.name), 303)


def _to_desk_unless(state: RappelState) -> Callable[..., ResponseReturnValue | None]:
    """Return what leads away from the page of a step that is not open."""

    def lead(rappel: Rappel, _form: PortalForm) -> ResponseReturnValue | None:
        return None if request.method != "GET" or rappel.state == state else to_desk()

    return lead


def _round() -> Round:
    return round_on(clock.today())


def _preview(_rappel: Rappel, form: CountedForm) -> dict[str, object]:
    """Return what would go out now, and let the button count for that many mails."""
    found = _round()
    if form.counted.raw_data is None:
        form.counted.data = str(found.mail_count)
    return {"round": found, "Reach": Reach, "wait": _minutes(), "button_form": ButtonForm.open()}


def _minutes() -> int:
    return int(actions.WAIT.total_seconds() // 60)


@bp.route(f"{DESK}/<name>/versturen", methods=["GET", "POST"])
@requires(
    step_of("rappel", "send"),
    load=queries.get_rappel,
    form=CountedForm,
    page="rappels/send.html",
    context=_preview,
    instead=_to_desk_unless(RappelState.READY),
)
def send(rappel: Rappel, form: CountedForm) -> ResponseReturnValue:
    """Send what was looked at; for some minutes it can be stopped."""
    form.refuse_other(_round().mail_count)
    actions.send(rappel, by=viewer())
    flash(
        _("Het rappel gaat over %(wait)s minuten weg. U kunt dat nog stoppen.", wait=_minutes()),
        "ok",
    )
    return to_desk()


def _preview_reminder(rappel: Rappel, form: CountedForm) -> dict[str, object]:
    """Return whom a reminder would ask now, and let the button count for that many mails."""
    found = queries.still_asked(rappel, on=clock.today())
    if form.counted.raw_data is None:
        form.counted.data = str(found.mail_count)
    return {"round": found, "Reach": Reach, "wait": _minutes()}


@bp.route(f"{DESK}/<name>/herinneren", methods=["GET", "POST"])
@requires(
    step_of("rappel", "remind"),
    load=queries.get_rappel,
    form=CountedForm,
    page="rappels/remind.html",
    context=_preview_reminder,
    instead=_to_desk_unless(RappelState.OPEN),
)
def remind(rappel: Rappel, form: CountedForm) -> ResponseReturnValue:
    """Ask who did not answer once more; for some minutes it can be stopped."""
    form.refuse_other(queries.still_asked(rappel, on=clock.today()).mail_count)
    actions.remind(rappel, by=viewer())
    message = _(
        "De herinnering gaat over %(wait)s minuten weg. U kunt dat nog stoppen.", wait=_minutes()
    )
    flash(message, "ok")
    return to_desk()


def _publication(rappel: Rappel, _form: OnceForm) -> dict[str, object]:
    return figures_of(rappel)


@bp.route(f"{DESK}/<name>/publiceren", methods=["GET", "POST"])
@requires(
    step_of("rappel", "publish"),
    load=queries.get_rappel,
    form=OnceForm,
    page="rappels/publish.html",
    context=_publication,
    instead=_to_desk_unless(RappelState.OPEN),
)
def publish(rappel: Rappel, _form: OnceForm) -> ResponseReturnValue:
    """Close the rappel and show everybody what came of it."""
    actions.publish(rappel, by=viewer())
    flash(_("De uitkomst van het rappel is openbaar."), "ok")
    return redirect(url_for("rappels.show", name=rappel.name), 303)


def _editable_plan() -> RappelPlan:
    return queries.editable_plan()


@bp.route(f"{DESK}/planning", methods=["GET", "POST"])
@requires(
    step_of("rappel_plan", "edited"),
    load=_editable_plan,
    form=PlanForm,
    page="rappels/plan.html",
)
def plan(plan: RappelPlan, form: PlanForm) -> ResponseReturnValue:
    """Set when the next rappel is put ready by itself."""
    actions.plan(plan, next_on=form.next_on.data, by=viewer())
    flash(_("De planning is opgeslagen."), "ok")
    return to_desk()


def open_button(step: str, path: str, act: Callable[..., None], done: object) -> None:
    """Give a step that needs no page of its own the address of its button on the desk."""

    @requires(step_of("rappel", step), load=queries.get_rappel, form=ButtonForm)
    def press(rappel: Rappel, _form: ButtonForm) -> ResponseReturnValue:
        """Take the step."""
        act(rappel, by=viewer())
        flash(str(done), "ok")
        return to_desk()

    bp.add_url_rule(f"{DESK}/<name>/{path}", step, press, methods=["POST"])


for button in (
    (
        "drop",
        "laten-vervallen",
        actions.drop,
        _l("Het rappel is vervallen. Er is niets verstuurd."),
    ),
    (
        "stop",
        "tegenhouden",
        actions.stop,
        _l("Het rappel is tegengehouden. Er is niets verstuurd."),
    ),
    (
        "stop_reminding",
        "herinnering-tegenhouden",
        actions.stop_reminding,
        _l("De herinnering is tegengehouden. Er is niets verstuurd."),
    ),
    (
        "reopen",
        "heropenen",
        actions.reopen,
        _l("De uitkomst is niet meer openbaar. Antwoorden tellen weer mee."),
    ),
):
    open_button(*button)
