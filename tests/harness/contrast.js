// Each text of the page -> how it looks: its own colours and size, and those of all that it lies
// on, as the browser computed them. Texts that look alike have the same contrast.
(() => {
  const TEXT = ["color", "fontSize", "fontWeight", "textShadow"];
  const GROUND = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode"];
  const NOTHING = "rgba(0, 0, 0, 0),none,1,none,normal";
  const PICTURES = "img, svg, canvas, video, iframe, object";
  // May lie on or under something that it does not stand in: such a text is like no other.
  const UNLIKE = "";

  const listed = (style, names) => names.map((name) => style[name]).join();
  const isWithin = (inner, outer) =>
    inner.left >= outer.left - 1 &&
    inner.right <= outer.right + 1 &&
    inner.top >= outer.top - 1 &&
    inner.bottom <= outer.bottom + 1;
  const meets = (one, other) =>
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom;
  const hasText = (element) =>
    element.matches("input, select, textarea") ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const texts = [];
  const painted = [];
  const root = document.documentElement;
  const grounds = new Map([[root, listed(getComputedStyle(root), GROUND)]]);
  for (const element of [document.body, ...document.body.querySelectorAll("*:not(svg *)")]) {
    const style = getComputedStyle(element);
    const own = listed(style, GROUND);
    const under = grounds.get(element.parentElement);
    grounds.set(element, own === NOTHING ? under : `${under} < ${own}`);
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) {
      continue;
    }
    if (own !== NOTHING || element.matches(PICTURES)) {
      painted.push([element, box]);
    }
    if (hasText(element)) {
      const look = `${element.localName} ${listed(style, TEXT)} on ${grounds.get(element)}`;
      texts.push([element, box, look]);
    }
  }
  const isPlain = (text, textBox) =>
    painted.every(([element, box]) =>
      element.contains(text)
        ? isWithin(textBox, box)
        : text.contains(element) || !meets(textBox, box),
    );
  return new Map(
    texts.map(([text, box, look]) => [text, isPlain(text, box) ? look : UNLIKE]),
  );
})()
