// Says how many characters are left in a text; the words come from the page.
const PAUSE = 1000;
// Below a line that is seldom too long, the counter shows itself when so much of it is left.
const NEAR = 0.2;

function wire(text) {
  const seen = document.getElementById(text.dataset.counter);
  const limit = Number(text.dataset.limit);
  if (!seen || !limit) return;
  // What is seen changes with every key; what is heard waits for a pause in the typing.
  const heard = document.createElement("span");
  heard.className = "hidden-visually";
  heard.setAttribute("role", "status");
  seen.after(heard);
  const isQuiet = seen.hidden;
  let timer;

  const update = () => {
    // A server counts one character for a line end and for an emoji; so does this.
    const left = limit - [...text.value].length;
    const words = left < 0 ? seen.dataset.over : seen.dataset.left;
    seen.textContent = words.replace("{n}", Math.abs(left).toLocaleString(document.documentElement.lang));
    seen.classList.toggle("field__counter--over", left < 0);
    seen.hidden = isQuiet && left > limit * NEAR;
    return seen.hidden ? "" : seen.textContent;
  };
  text.addEventListener("input", () => {
    const words = update();
    clearTimeout(timer);
    timer = setTimeout(() => (heard.textContent = words), PAUSE);
  });
  update();
}

export function countCharacters() {
  document.querySelectorAll("[data-counter]").forEach(wire);
}
