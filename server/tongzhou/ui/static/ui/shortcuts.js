// Keys for those who work in lists all day. They can be switched off in the help dialog ("?").
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const SECOND_KEY_MS = 1200;
  const STORE = "tongzhou.shortcuts";
  /** @type {Record<string, string | undefined>} */
  const PLACES = { t: script.dataset.today, k: script.dataset.tasks, i: script.dataset.incidents };

  let waiting = 0;
  const isOn = () => localStorage.getItem(STORE) !== "off";

  const toggle = document.querySelector("[data-shortcuts-toggle]");
  if (toggle instanceof HTMLInputElement) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "on" : "off"));
  }

  /** @returns {HTMLElement[]} */
  const rows = () => [...document.querySelectorAll("[data-rows] [data-href]")];

  /** @param {number} step */
  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("tz-current"));
    const next = all[Math.max(0, Math.min(all.length - 1, at === -1 ? 0 : at + step))];
    for (const row of all) row.classList.toggle("tz-current", row === next);
    // The focus goes along, so that a screen reader reads the row and Enter opens it.
    next.querySelector("a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  const current = () => rows().find((row) => row.classList.contains("tz-current"));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !isOn()) return;
    const target = event.target instanceof Element ? event.target : document.body;
    if (target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open]")) return;

    if (waiting && Date.now() - waiting < SECOND_KEY_MS) {
      waiting = 0;
      const place = PLACES[event.key];
      if (place) {
        event.preventDefault();
        window.location.assign(place);
        return;
      }
    }
    switch (event.key) {
      case "g":
        waiting = Date.now();
        break;
      case "/": {
        const field = document.querySelector("[data-search]");
        if (field instanceof HTMLInputElement) {
          event.preventDefault();
          field.focus();
          field.select();
        }
        break;
      }
      case "?": {
        const help = document.getElementById("shortcuts");
        if (help instanceof HTMLDialogElement) help.showModal();
        break;
      }
      case "j":
        move(1);
        break;
      case "k":
        move(-1);
        break;
      case "x": {
        const box = current()?.querySelector("input[type=checkbox]");
        if (box instanceof HTMLInputElement) box.click();
        break;
      }
      case "Enter": {
        const row = current();
        if (row && target === document.body) window.location.assign(row.dataset.href || "");
        break;
      }
    }
  });

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.defaultPrevented || event.button !== 0) return;
    if (event.target.closest("a, button, input, select, textarea, label, summary, dialog")) return;
    const row = event.target.closest("[data-href]");
    if (!(row instanceof HTMLElement) || String(window.getSelection())) return;
    if (event.ctrlKey || event.metaKey) window.open(row.dataset.href, "_blank", "noopener");
    else window.location.assign(row.dataset.href || "");
  });
})();
