"""The picture of the front page in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.harness.served import ServedPortal

# At each moment of the animation: the words that can be read and do not stand inside their bar.
OUTSIDE = """() => {
  const wrong = [];
  for (let moment = 0; moment <= 1600; moment += 50) {
    for (const animation of document.getAnimations()) {
      animation.pause();
      animation.currentTime = moment;
    }
    for (const word of document.querySelectorAll(".layers__word")) {
      if (getComputedStyle(word).opacity === "0") continue;
      const link = word.closest("a");
      const grown = new DOMMatrix(getComputedStyle(link, "::before").transform).a || 1;
      const end = link.getBoundingClientRect().left + grown * link.offsetWidth;
      if (word.getBoundingClientRect().right > end) wrong.push(`${word.textContent} at ${moment}`);
    }
  }
  return wrong;
}"""


class TestLayers:
    def test_it_keeps_each_word_inside_its_bar(self, served: ServedPortal, page: Page) -> None:
        page.emulate_media(reduced_motion="no-preference")
        page.goto("/")
        assert page.evaluate("document.getAnimations().length") > 0
        assert page.evaluate(OUTSIDE) == []
        words = page.locator(".layers__word")
        expect(words.first).to_be_visible()
        names = words.all_text_contents()
        page.emulate_media(reduced_motion="reduce")
        page.reload()
        assert page.evaluate("document.getAnimations().length") == 0
        expect(words.first).to_be_visible()
        words.first.click()
        expect(page.get_by_role("link", name=f"Verwijder filter: {names[0]}")).to_be_visible()
