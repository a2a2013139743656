// Suggests names and titles while somebody types in the search field (the combobox of ARIA 1.2).
// Without a choice Enter searches, as it does without this.
const PAUSE = 250;
const SHORTEST = 2;

function prepare(field) {
  const list = document.createElement("div");
  list.className = "suggestions";
  list.hidden = true;
  const status = document.createElement("div");
  status.className = "hidden-visually";
  status.setAttribute("role", "status");
  field.parentElement.append(list, status);
  // A search field of HTML may not be a combobox.
  field.type = "text";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  return [list, status];
}

function wire(field) {
  const [list, status] = prepare(field);
  let timer;
  let asked;
  let active = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];

  const choose = (index) => {
    active = index;
    for (const [at, option] of options().entries()) {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    }
    if (index < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", options()[index].id);
  };
  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    choose(-1);
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-controls");
  };
  const show = (answer) => {
    const box = answer.querySelector("[role=listbox]");
    const said = answer.querySelector("[role=status]");
    if (!box || document.activeElement !== field) return;
    choose(-1);
    box.id = `${field.id}-lijst`;
    list.replaceChildren(box);
    for (const [at, option] of options().entries()) option.id = `${box.id}-${at}`;
    const isEmpty = !options().length;
    list.hidden = isEmpty;
    field.setAttribute("aria-expanded", String(!isEmpty));
    field.setAttribute("aria-controls", box.id);
    status.textContent = said.textContent;
  };
  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(field.dataset.suggest, location.href);
    address.searchParams.set("q", field.value);
    try {
      // Without cookies: who types is nobody's business.
      const answer = await fetch(address, { signal: asked.signal, credentials: "omit" });
      if (!answer.ok) return;
      show(new DOMParser().parseFromString(await answer.text(), "text/html"));
    } catch {
      // No connection: the field still searches.
    }
  };
  const askSoon = () => {
    clearTimeout(timer);
    if (field.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, PAUSE);
  };
  const move = (event, by) => {
    event.preventDefault();
    if (list.hidden) return askSoon();
    // After the last comes the field itself, and then the first again.
    const places = options().length + 1;
    return choose(((active + 1 + by + places) % places) - 1);
  };
  const go = (option) => {
    close();
    location.assign(option.dataset.path);
  };

  field.addEventListener("input", askSoon);
  field.addEventListener("blur", close);
  field.form.addEventListener("submit", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    }
  });
  // The field keeps the focus while the list is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
}

export function suggestWhatIsMeant() {
  document.querySelectorAll("[data-suggest]").forEach(wire);
}
