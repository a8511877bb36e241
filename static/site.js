// Comfort only: every page does its whole work without this file.
"use strict";

// Beside a long text: how many characters are written (as the server counts, by code point).
for (const told of document.querySelectorAll("[data-counts]")) {
  const field = document.getElementById(told.dataset.counts);
  const tell = () => {
    const written = Array.from(field.value).length;
    if (written > 0) {
      told.textContent = told.dataset.words.replace("#", written);
    }
  };
  field.addEventListener("input", tell);
  tell();
}

// A button that prints, shown only where it can.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
