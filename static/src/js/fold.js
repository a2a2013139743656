// Keeps the folding parts honest: open on a wide screen, folded at first on a narrow one.
const WIDE = matchMedia("(min-width: 62rem)");

function follow(part) {
  const set = () => {
    part.open = WIDE.matches;
  };
  set();
  WIDE.addEventListener("change", set);
  part.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || WIDE.matches || !part.open) return;
    part.open = false;
    part.querySelector("summary").focus();
  });
}

export function foldWhereNarrow() {
  document.querySelectorAll("details.fold").forEach(follow);
}
