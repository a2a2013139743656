// Keys for the moderation desk, for who switched them on in their account (WCAG 2.1.4). A key moves,
// opens a page or opens a form; none ever takes a decision.
const TYPING = "input, textarea, select, [contenteditable]";
const seen = new WeakSet();

function itemsOf(list) {
  return [...list.querySelectorAll("[data-item]")];
}

// Without a focus in the list, j goes to its first item.
function move(list, item, by) {
  const items = itemsOf(list);
  const next = items[item ? items.indexOf(item) + by : 0];
  if (item || by > 0) next?.focus();
}

function press(item, key) {
  const control = item?.querySelector(`[data-key="${CSS.escape(key)}"]`);
  // What was not on the screen yet was not read either.
  if (!control || !seen.has(item)) return false;
  control.click();
  // A summary has opened a small form: go on in it.
  if (control.matches("summary")) control.parentElement.querySelector(`${TYPING}, button`)?.focus();
  return true;
}

function watch(list) {
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) seen.add(entry.target);
  });
  for (const item of itemsOf(list)) watcher.observe(item);
}

function wire(list) {
  watch(list);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const items = itemsOf(list);
    const item = event.target.closest("[data-item]") ?? (items.length === 1 ? items[0] : null);
    if (event.key === "Escape" && event.target.closest("[data-item] details")) {
      item?.focus();
      return;
    }
    if (event.target.matches(TYPING)) return;
    if (event.key === "j" || event.key === "k") move(list, item, event.key === "j" ? 1 : -1);
    // A key that is held down repeats itself: what it does once is enough.
    else if (event.repeat || !press(item, event.key)) return;
    event.preventDefault();
  });
}

export function listenForShortcuts() {
  document.querySelectorAll("[data-shortcuts]").forEach(wire);
}
