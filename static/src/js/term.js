// Shows what the portal reads in a term while it is typed. The server says it again on sending.
const PAUSE = 400;

const part = (root, name) => root.querySelector(`[data-term-part="${name}"]`);
const answers = (root) => [...root.querySelectorAll("input[type=radio]")].map((each) => each.value);

// What was chosen and picked stays when other words ask the question anew. A "yes" is bound to the
// dates that it was said to: to others it is asked again.
function remember(choice, chosen) {
  for (const field of choice.querySelectorAll("input")) {
    if (field.type !== "radio") chosen.set(field.name, field.value);
    else if (field.checked) chosen.set(field.name, field.value);
  }
}

function putBack(choice, chosen) {
  for (const field of choice.querySelectorAll("input")) {
    if (!chosen.has(field.name)) continue;
    if (field.type !== "radio") field.value = chosen.get(field.name);
    else field.checked = field.value === chosen.get(field.name);
  }
}

function show(box, answer, chosen) {
  const [reading, choice] = [part(box, "reading"), part(box, "choice")];
  const [newReading, newChoice] = [part(answer, "reading"), part(answer, "choice")];
  if (!newReading || !newChoice) return;
  if (reading.textContent !== newReading.textContent) {
    reading.replaceChildren(...newReading.childNodes);
  }
  if (answers(choice).join() === answers(newChoice).join()) return;
  const focused = choice.contains(document.activeElement) && document.activeElement.id;
  remember(choice, chosen);
  choice.replaceChildren(...newChoice.childNodes);
  putBack(choice, chosen);
  if (focused) document.getElementById(focused)?.focus();
}

function wire(field) {
  const box = document.getElementById(field.dataset.termBox);
  // The day from which the words count: "begin oktober" is another one after October.
  const day = document.getElementById(field.dataset.termDay ?? "");
  if (!box) return;
  const chosen = new Map();
  let timer;
  let asked;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(field.dataset.termPreview, location.href);
    address.searchParams.set("tekst", field.value);
    if (day) address.searchParams.set("op", day.value);
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      show(box, new DOMParser().parseFromString(await answer.text(), "text/html"), chosen);
    } catch {
      // No connection: the form still works, so nobody needs to be told.
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };
  field.addEventListener("input", askSoon);
  day?.addEventListener("input", askSoon);
}

export function previewTerms() {
  document.querySelectorAll("[data-term-preview]").forEach(wire);
}
