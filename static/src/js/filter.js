// Counts again what a filter opens while choices are made. Without this the button names no number
// once something else is chosen (filter.css).
const PAUSE = 300;

const numberOf = (root, box) =>
  [...root.querySelectorAll("input")]
    .find((each) => each.name === box.name && each.value === box.value)
    ?.closest(".choice")
    ?.querySelector(".choice__count");

function show(form, counted) {
  form.querySelector("[data-counted]").textContent = counted.querySelector("[data-counted]").textContent;
  for (const box of form.querySelectorAll(".choice input")) {
    const [number, newNumber] = [numberOf(form, box), numberOf(counted, box)];
    if (number && newNumber) number.textContent = newNumber.textContent;
  }
  form.dataset.counting = "";
}

function wire(form) {
  let timer;
  let asked;

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(form.action);
    address.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const counted = page.querySelector(".filter form");
      if (answer.ok && counted) show(form, counted);
    } catch {
      // No connection: the button says what it does, without a number.
    }
  };
  form.addEventListener("input", () => {
    delete form.dataset.counting;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
}

export function countFound() {
  for (const form of document.querySelectorAll(".filter form")) {
    if (form.querySelector("[data-counted]")) wire(form);
  }
}
