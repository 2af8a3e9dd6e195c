// Forms of acts in a dialog, and long lists of check boxes that can be filtered. Without this
// script every form is a page of its own.

const dialog = document.getElementById("step");

/** Puts a filter on top of each long list of check boxes.
 * @param {ParentNode} part */
function upgrade(part) {
  for (const list of part.querySelectorAll(".in-choose:not([data-ready])")) {
    list.dataset.ready = "1";
    const rows = [...list.querySelectorAll(".form-check")];
    if (rows.length < 9) continue;
    const search = document.createElement("input");
    search.type = "search";
    search.className = "form-control";
    search.placeholder = search.ariaLabel = list.closest("form")?.dataset.filterWord || "";
    search.autocomplete = "off";
    search.addEventListener("input", () => {
      const wanted = search.value.trim().toLowerCase();
      for (const row of rows) {
        const chosen = row.querySelector("input")?.checked;
        row.hidden = Boolean(wanted) && !chosen && !row.textContent?.toLowerCase().includes(wanted);
      }
    });
    rows[0].before(search);
  }
}

// Enter in a search field filters; it does not send the form around it.
document.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.key === "Enter" && field instanceof HTMLInputElement && field.matches(".in-choose [type=search], .in-area [type=search]")) {
    event.preventDefault();
  }
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event.detail;
  // The button that was pressed is gone: go on from what was chosen.
  if (target.id === "area-picker") {
    const chosen = document.querySelector("#area-picker .in-area-way strong, #area-picker input[type=search]");
    if (chosen instanceof HTMLElement) {
      if (chosen.localName === "strong") chosen.tabIndex = -1;
      chosen.focus();
    }
    return;
  }
  if (!(dialog instanceof HTMLDialogElement) || target !== dialog) return;
  upgrade(dialog);
  if (!dialog.open) dialog.showModal();
  const wanted = dialog.querySelector(
    "[data-error-summary], .tz-dialog-body :is(input:not([type=hidden]):not([type=search]), select, textarea)",
  );
  if (wanted instanceof HTMLElement) wanted.focus();
});
dialog?.addEventListener("close", () => dialog.replaceChildren());

upgrade(document);
