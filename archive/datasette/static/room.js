// Keys of the reading room; every page works without it.
//   /   to the search box
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
});
