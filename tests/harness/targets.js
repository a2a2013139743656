// Marks what axe must look at more closely. A target that is as large as it must be, and meets no
// other, is in order; so is a link in a text when a line below it tells it apart from the words.
(() => {
  const SMALLEST = 24;
  const TARGETS =
    "a, area, button, summary, input, select, textarea, iframe, audio, video, [tabindex], [role], [contenteditable]";
  // What is no part of a line of text.
  const BLOCKS = ["block", "list-item", "table", "flex", "grid", "inline-block"];

  const isWithin = (inner, outer) =>
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom;
  const meets = (one, other) =>
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom;
  const hasLine = (element) => getComputedStyle(element).textDecorationLine.includes("underline");
  const isToldApart = (link) => {
    let around = link.parentElement;
    while (around && !hasLine(around)) {
      around = around.parentElement;
    }
    return hasLine(link) && around === null;
  };

  const there = [...document.querySelectorAll(TARGETS)]
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && box.height > 0);
  for (const [element, box] of there) {
    const isLarge = box.width >= SMALLEST && box.height >= SMALLEST;
    const isFree = there.every(
      ([other, otherBox]) =>
        other === element ||
        !meets(box, otherBox) ||
        (other.contains(element) && isWithin(box, otherBox)),
    );
    const isWhole = element.getClientRects().length === 1;
    element.toggleAttribute("data-close-target", !(isLarge && isFree && isWhole));
  }
  for (const link of document.querySelectorAll("a[href], [role=link]")) {
    const isBlock = BLOCKS.includes(getComputedStyle(link).display);
    link.toggleAttribute("data-close-link", !isBlock && !isToldApart(link));
  }
})();
