"""axe on a page as it stands, as fast as it can be without missing anything.

Contrast is measured once for all texts that look alike. Two rules cost most of the rest, for they
ask the place of everything on the page: they look at what may not be in order, see targets.js.
"""

from __future__ import annotations

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import CDPSession, Page

from tests.harness.seen import Seen

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = "color-contrast"
# Style sheets are not fetched a second time: no rule of these looks at their text. What is found
# is shown by its markup: nobody needs to find it again by a selector.
COMMON = {"selectors": False, "preload": {"assets": ["media"]}}
ALL_BUT_CONTRAST = COMMON | {
    "runOnly": RULES,
    "resultTypes": ["violations"],
    "rules": {CONTRAST: {"enabled": False}},
}
# Rule -> what it looks at, instead of everything.
CLOSER = {"target-size": "[data-close-target]", "link-in-text-block": "[data-close-link]"}
# All that pass, each with its element: they say which looks are in order.
CONTRAST_ALONE = COMMON | {
    "runOnly": {"type": "rule", "values": [CONTRAST]},
    "resultTypes": ["violations", "passes"],
    "elementRef": True,
}
# Two thirds of the time of axe goes to contrast, and pages share nearly all of their looks.
_folder = Path(__file__).parent
LOOKS = f"""() => {{
    {(_folder / "targets.js").read_text()}
    window.looks = {(_folder / "contrast.js").read_text()};
    return {{isThere: "axe" in window, looks: [...new Set(window.looks.values())]}};
}}"""
RUN = """async ([allButContrast, contrastAlone, wanted, closer]) => {
    axe.configure({rules: Object.entries(closer).map(([id, selector]) => ({id, selector}))});
    const results = [await axe.run(allButContrast)];
    const texts = [...window.looks].filter(([, look]) => wanted.includes(look));
    if (texts.length) {
        results.push(await axe.run({include: texts.map(([text]) => text)}, contrastAlone));
    }
    for (const mark of Object.values(closer)) {
        const name = mark.slice(1, -1);
        document.querySelectorAll(mark).forEach((element) => element.removeAttribute(name));
    }
    const passed = results.slice(1).flatMap(({passes}) => passes.flatMap(({nodes}) => nodes));
    return {
        violations: results.flatMap(({violations}) => violations).map(({id, help, nodes}) =>
            ({id, help, nodes: nodes.map(({html}) => html.slice(0, 200))})),
        passed: [...new Set(passed.map(({element}) => window.looks.get(element)))],
    };
}"""
# How a text looks that may lie on or under something that it does not stand in.
UNLIKE = ""
_passed = Seen("contrast")


def _load(page: Page, session: CDPSession | None) -> None:
    if session is None:
        page.evaluate(AXE_SCRIPT)
        return
    # By this way the browser compiles it once for all pages that follow each other.
    done = session.send("Runtime.evaluate", {"expression": AXE_SCRIPT})
    assert "exceptionDetails" not in done, done


def faults_on(page: Page, session: CDPSession | None = None) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA; `session` is one with this page.

    A text is left out when one that looks just like it has passed: the same colours and size, on
    the same grounds, with nothing over or under it but what it stands in.
    """
    state = page.evaluate(LOOKS)
    wanted = [look for look in state["looks"] if look == UNLIKE or look not in _passed]
    if not state["isThere"]:
        _load(page, session)
    found = page.evaluate(RUN, [ALL_BUT_CONTRAST, CONTRAST_ALONE, wanted, CLOSER])
    for look in found["passed"]:
        if look:
            _passed.add(look)
    return [
        f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(rule["nodes"])
        for rule in found["violations"]
    ]
