// Shows what the portal reads in a term while it is typed. The server says it again on sending.
const PAUSE = 400;

function wire(field) {
  const box = document.getElementById(field.dataset.termBox);
  if (!box) return;
  let timer;
  let asked;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(field.dataset.termPreview, location.href);
    address.searchParams.set(field.name, field.value);
    try {
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
    } catch {
      // No connection: the form still works, so nobody needs to be told.
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

export function previewTerms() {
  document.querySelectorAll("[data-term-preview]").forEach(wire);
}
