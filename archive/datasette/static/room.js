// Keys of the reading room; every page works without it.
//   /     to the search box
//   j, k  to the next hit of a search, and to the one before; Enter opens it
"use strict";

const isTyping = (target) => target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
  if (event.key === "/") {
    const box = document.querySelector("form[role=search] input[type=search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "j" || event.key === "k") {
    const hits = [...document.querySelectorAll("a[data-hit]")];
    if (!hits.length) return;
    event.preventDefault();
    const at = hits.indexOf(document.activeElement);
    const next = event.key === "j" ? Math.min(at + 1, hits.length - 1) : Math.max(at - 1, 0);
    hits[next].focus();
    hits[next].closest("li").scrollIntoView({ block: "nearest" });
  }
});
