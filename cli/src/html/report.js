// The report is whole without this. It adds: Esc closes what stands beside words, which also stays inside the window;
// a first touch shows it instead of jumping away; a count follows the filters.
"use strict";
const hits = [...document.querySelectorAll(".hit:has(> .pop)")];
for (const hit of hits) {
  const mark = hit.querySelector(".mark");
  const pop = hit.querySelector(".pop");
  const place = (above) => {
    pop.style.removeProperty("translate");
    if (getComputedStyle(pop).position !== "absolute") return;
    const box = pop.getBoundingClientRect();
    const words = mark.getBoundingClientRect();
    const bar = document.querySelector(".filters").offsetHeight;
    const left = Math.min(0, document.documentElement.clientWidth - 12 - box.right);
    const stays = !above || box.bottom <= innerHeight || words.top - box.height - 14 < bar;
    pop.style.translate = `${left}px ${stays ? 0 : -(box.height + box.top - words.top + 6)}px`;
  };
  hit.addEventListener("mouseenter", () => { hit.classList.remove("closed"); place(true); });
  mark.addEventListener("focus", () => {
    hit.classList.remove("closed");
    place(false);
    // After the browser's own scrolling to what has the focus.
    requestAnimationFrame(() => {
      if (getComputedStyle(pop).position === "fixed") mark.scrollIntoView({ block: "start" });
      else if (!hit.matches(":hover")) pop.scrollIntoView({ block: "nearest" });
    });
  });
  mark.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !hit.dataset.open) { event.preventDefault(); hit.dataset.open = "yes"; mark.focus(); }
  });
  hit.addEventListener("focusout", (event) => { if (!hit.contains(event.relatedTarget)) delete hit.dataset.open; });
}
addEventListener("keydown", (event) => {
  if (event.key === "Escape") for (const hit of hits) hit.classList.add("closed");
});
const form = document.querySelector(".filters");
const shown = document.querySelector("#shown");
form?.addEventListener("input", () => {
  const all = [...document.querySelectorAll(".card.f")];
  const left = all.filter((card) => getComputedStyle(card).display !== "none").length;
  shown.textContent = left === all.length ? "" : `${left} of ${all.length} shown`;
  for (const hit of hits) {
    const off = getComputedStyle(hit.querySelector(".pop")).getPropertyValue("--off") === "1";
    hit.querySelector(".mark").tabIndex = off ? -1 : 0;
  }
});
