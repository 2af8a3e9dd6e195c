// Forms, dialogs, copying and bulk selection; all by attributes, see docs/developers/ui.md.
"use strict";
(() => {
  const GUARD_MS = 8000;

  /** @param {EventTarget | null} target @param {string} selector @returns {HTMLElement | null} */
  const near = (target, selector) =>
    target instanceof Element ? target.closest(selector) : null;

  // --- one submit only -------------------------------------------------------------------------

  /** @param {HTMLFormElement} form */
  function release(form) {
    delete form.dataset.submitting;
    for (const busy of form.querySelectorAll('[aria-busy="true"]')) busy.removeAttribute("aria-busy");
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (form.method !== "post") return;
      if (form.dataset.submitting) {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      form.dataset.submitting = "1";
      event.submitter?.setAttribute("aria-busy", "true");
      setTimeout(() => {
        const handledElsewhere = event.defaultPrevented && !form.closest("[hx-post], [data-hx-post]");
        if (handledElsewhere) release(form);
      });
      setTimeout(() => release(form), GUARD_MS);
    },
    true,
  );

  document.body.addEventListener("htmx:afterRequest", (event) => {
    const form = near(event.target, "form");
    if (form) release(/** @type {HTMLFormElement} */ (form));
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(release));

  // --- unsaved changes -------------------------------------------------------------------------

  /** @param {Element} field */
  function isChanged(field) {
    if (field instanceof HTMLSelectElement) {
      return [...field.options].some((option) => option.selected !== option.defaultSelected);
    }
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) {
      return field.checked !== field.defaultChecked;
    }
    return "defaultValue" in field && field.value !== field.defaultValue;
  }

  document.addEventListener("input", (event) => {
    const form = near(event.target, "form[data-warn-unsaved]");
    if (!(form instanceof HTMLFormElement)) return;
    if ([...form.elements].some(isChanged)) form.dataset.dirty = "1";
    else delete form.dataset.dirty;
  });
  document.addEventListener("submit", (event) => {
    if (event.target instanceof HTMLElement) delete event.target.dataset.dirty;
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-warn-unsaved][data-dirty]")) event.preventDefault();
  });

  // --- dialogs ---------------------------------------------------------------------------------

  /** @param {HTMLDialogElement} dialog */
  function focusInside(dialog) {
    const wanted = dialog.querySelector(
      "[autofocus], .tz-dialog-body :is(input:not([type=hidden]), select, textarea), footer button",
    );
    if (wanted instanceof HTMLElement) wanted.focus();
  }

  document.addEventListener("click", (event) => {
    const opener = near(event.target, "[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog || "");
      if (!(dialog instanceof HTMLDialogElement)) return;
      event.preventDefault();
      // One dialog may serve every row of a list: the button brings the address.
      if (opener.dataset.dialogAction) {
        const form = dialog.querySelector("form");
        if (form) form.action = opener.dataset.dialogAction;
      }
      dialog.showModal();
      focusInside(dialog);
      return;
    }
    const closer = near(event.target, "[data-dialog-close]");
    if (closer) closer.closest("dialog")?.close();
    // A click on the backdrop has the dialog itself as its target.
    else if (event.target instanceof HTMLDialogElement) event.target.close();
  });

  // --- copying ---------------------------------------------------------------------------------

  /** Copies also where the clipboard is closed to us (plain http in a local network).
   * @param {string} text */
  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return;
    }
    const hidden = document.createElement("textarea");
    hidden.value = text;
    hidden.style.position = "fixed";
    hidden.style.opacity = "0";
    document.body.append(hidden);
    hidden.select();
    document.execCommand("copy");
    hidden.remove();
  }

  document.addEventListener("click", async (event) => {
    const button = near(event.target, "[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy || "");
    const label = button.querySelector("span");
    if (!label || button.dataset.before) return;
    button.dataset.before = label.textContent || "";
    label.textContent = button.dataset.done || "✓";
    button.setAttribute("aria-live", "polite");
    setTimeout(() => {
      label.textContent = button.dataset.before || "";
      delete button.dataset.before;
    }, 1800);
  });

  // --- bulk selection --------------------------------------------------------------------------

  /** @type {HTMLInputElement | null} */
  let lastBox = null;

  /** @returns {HTMLInputElement[]} */
  const boxes = () => [...document.querySelectorAll("input[data-bulk-item]")];

  function countSelected() {
    const all = boxes();
    const chosen = all.filter((box) => box.checked);
    for (const head of document.querySelectorAll("input[data-bulk-all]")) {
      const input = /** @type {HTMLInputElement} */ (head);
      input.checked = all.length > 0 && chosen.length === all.length;
      input.indeterminate = chosen.length > 0 && chosen.length < all.length;
    }
    for (const node of document.querySelectorAll("[data-bulk-bar]")) {
      const bar = /** @type {HTMLElement} */ (node);
      const form = bar.dataset.bulkBar;
      const count = chosen.filter((box) => box.getAttribute("form") === form).length;
      bar.hidden = count === 0;
      const figure = bar.querySelector("[data-bulk-count]");
      if (figure) figure.textContent = String(count);
    }
  }

  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    if (input.matches("[data-bulk-all]")) {
      for (const box of boxes()) box.checked = input.checked;
    }
    if (input.matches("[data-bulk-all], [data-bulk-item]")) countSelected();
  });

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.matches("[data-bulk-item]")) {
      const all = boxes();
      if (event.shiftKey && lastBox && all.includes(lastBox)) {
        const [from, to] = [all.indexOf(lastBox), all.indexOf(box)].sort((a, b) => a - b);
        for (const between of all.slice(from, to + 1)) between.checked = box.checked;
        countSelected();
      }
      lastBox = box;
    } else if (near(event.target, "[data-bulk-clear]")) {
      for (const each of boxes()) each.checked = false;
      countSelected();
    }
  });

  // --- filters ---------------------------------------------------------------------------------

  document.body.addEventListener("htmx:configRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (!(detail.elt instanceof Element) || !detail.elt.matches("form[data-filter]")) return;
    // Empty fields stay out of the address.
    for (const [name, value] of [...detail.formData.entries()]) {
      if (value === "") detail.formData.delete(name);
    }
  });

  document.addEventListener("input", (event) => {
    const form = near(event.target, "form[data-filter]");
    if (!form) return;
    const set = [...new FormData(/** @type {HTMLFormElement} */ (form)).values()].some(Boolean);
    const clear = form.querySelector(".tz-filter-clear");
    if (clear instanceof HTMLElement) clear.hidden = !set;
    for (const select of form.querySelectorAll("select")) {
      select.classList.toggle("tz-filter-on", select.value !== "");
    }
  });

  document.addEventListener("change", (event) => {
    const field = near(event.target, "[data-autosubmit]");
    if (field && "form" in field) /** @type {HTMLSelectElement} */ (field).form?.requestSubmit();
  });

  // --- after each change of the page -------------------------------------------------------------

  /** @param {ParentNode} part */
  function arrived(part) {
    countSelected();
    const summary = part.querySelector?.("[data-error-summary]:not([data-gallery] *)");
    if (summary instanceof HTMLElement) summary.focus();
  }
  document.body.addEventListener("htmx:afterSettle", (event) => {
    arrived(/** @type {Element} */ (event.target));
  });
  arrived(document);
})();
