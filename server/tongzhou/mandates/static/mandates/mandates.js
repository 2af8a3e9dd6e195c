// Forms of acts and cells of the matrix in a dialog. Without this script each is a page.

const dialog = document.getElementById("step");

/** Opens what a link of the matrix leads to in the dialog; a new tab stays a new tab. */
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const link = event.target instanceof Element ? event.target.closest(".md-matrix td > a") : null;
  if (!(link instanceof HTMLAnchorElement) || !window.htmx || !dialog) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.href, { target: "#step", swap: "innerHTML" });
});

document.addEventListener("htmx:afterSwap", (event) => {
  const { target } = event.detail;
  if (!(dialog instanceof HTMLDialogElement) || target !== dialog) return;
  if (!dialog.open) dialog.showModal();
  const wanted = dialog.querySelector(
    "[data-error-summary], .tz-dialog-body :is(input:not([type=hidden]), select, textarea)",
  );
  if (wanted instanceof HTMLElement) wanted.focus();
});
dialog?.addEventListener("close", () => dialog.replaceChildren());
