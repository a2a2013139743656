// Shows what the portal reads in a term while it is typed. The server says it again on sending.
const PAUSE = 400;

function wire(field) {
  const box = document.getElementById(field.dataset.termBox);
  // The day from which the words count: "begin oktober" is another one after October.
  const day = document.getElementById(field.dataset.termDay ?? "");
  if (!box) return;
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
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      box.replaceChildren(...page.body.childNodes);
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
