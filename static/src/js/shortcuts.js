// Keys for the moderation desk. They work only while the focus is in the list of waiting items, so
// that a screen reader or speech input never sets one off by accident (WCAG 2.1.4).
const TYPING = "input, textarea, select, [contenteditable]";

function move(list, item, by) {
  const items = [...list.querySelectorAll("[data-item]")];
  const next = items[items.indexOf(item) + by];
  next?.focus();
}

function press(item, key) {
  const control = item?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!control) return false;
  control.click();
  // A summary has opened a small form: go on in its first field.
  if (control.matches("summary")) control.parentElement.querySelector(TYPING)?.focus();
  return true;
}

function wire(list) {
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const item = event.target.closest("[data-item]");
    if (event.key === "Escape" && event.target.matches(TYPING)) {
      item?.focus();
      return;
    }
    if (event.target.matches(TYPING)) return;
    if (event.key === "j" || event.key === "k") move(list, item, event.key === "j" ? 1 : -1);
    else if (!press(item, event.key)) return;
    event.preventDefault();
  });
}

export function listenForShortcuts() {
  document.querySelectorAll("[data-shortcuts]").forEach(wire);
}
