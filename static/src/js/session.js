// Says before a session ends that it will, on a page where somebody may be typing. Only a press on
// the button goes on with it: an open page by itself keeps nobody signed in.
const WARN = 5 * 60;
const AGAIN = 10;
const SHARED = "groeipact-session-ends";

// Another page of this browser may have been used since: then the session lasts longer.
function share(end) {
  try {
    localStorage.setItem(SHARED, String(end));
  } catch {
    // Storage is switched off: this page then knows of itself alone.
  }
}

function shared() {
  try {
    return Number(localStorage.getItem(SHARED)) || 0;
  } catch {
    return 0;
  }
}

function fill(box, id) {
  box.replaceChildren(document.getElementById(id).content.cloneNode(true));
}

function warn(box, minutes) {
  const words = document.getElementById("sessie-bijna-voorbij");
  fill(box, words.id);
  const { one, more } = words.dataset;
  box.querySelector("strong").textContent = minutes === 1 ? one : more.replace("{n}", minutes);
}

function wire(box) {
  // How long it lasts was counted on the server: whether this machine has the right time matters
  // nothing.
  const lasts = Number(box.dataset.session);
  const early = Math.min(WARN, lasts / 2);
  let end = Date.now() + lasts * 1000;
  let said;
  let timer;
  let field;
  share(end);

  const lookIn = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(1, seconds) * 1000);
  };
  const look = () => {
    end = Math.max(end, shared());
    const left = Math.round((end - Date.now()) / 1000);
    if (left <= 0) {
      fill(box, "sessie-voorbij");
    } else if (left > early) {
      box.replaceChildren();
      said = undefined;
      lookIn(left - early);
    } else {
      // Said once, and once more in the last minute: a status that counts down is noise.
      const minutes = Math.ceil(left / 60);
      if (said === undefined || (minutes === 1 && said > 1)) warn(box, (said = minutes));
      lookIn(Math.min(left, AGAIN));
    }
  };

  box.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const { action } = event.target;
    try {
      const answer = await fetch(action, { method: "POST", body: new FormData(event.target) });
      const { seconds } = await answer.json();
      end = Date.now() + seconds * 1000;
      share(end);
      said = undefined;
      fill(box, "sessie-verlengd");
      field?.focus();
      lookIn(AGAIN);
    } catch {
      // Signed out meanwhile, in another tab for one, or no connection: what is typed stays.
      fill(box, "sessie-voorbij");
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!box.contains(target)) field = target;
  });
  // A page that slept in the background looks at once when it wakes.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
  look();
}

export function tellOfSession() {
  const box = document.querySelector("[data-session]");
  if (box && document.querySelector("main form[method=post]")) wire(box);
}
