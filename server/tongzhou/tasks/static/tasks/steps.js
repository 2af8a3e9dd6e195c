// The acts on tasks in the browser: forms in a dialog, refusals shown in place, uploads with
// progress, rows that can be added. Without it every form is a page of its own.
import { upgrade } from "./picker.js";

const dialog = document.getElementById("step");

// --- forms in a dialog -----------------------------------------------------------------------

function open() {
  if (!(dialog instanceof HTMLDialogElement)) return;
  upgrade(dialog);
  if (!dialog.open) dialog.showModal();
  const wanted = dialog.querySelector(
    "[data-refusal], [data-error-summary], .tz-dialog-body :is(input:not([type=hidden]), select, textarea), footer [type=submit]",
  );
  wanted?.focus();
}

document.addEventListener("htmx:afterSwap", (event) => {
  const { target, requestConfig, xhr } = event.detail;
  if (dialog && target === dialog) {
    open();
    // Refused: behind the dialog the task is shown as it is now.
    if (xhr.status === 409) document.getElementById("task")?.dispatchEvent(new CustomEvent("live"));
  }
  else if (dialog?.open && xhr.status < 400 && dialog.contains(requestConfig?.elt)) {
    dialog.close();
    dialog.replaceChildren();
  }
});

// An answer marked so is the page's own words about a refusal, with the fresh state; it goes
// where it belongs and not into the general message area.
document.addEventListener(
  "htmx:beforeSwap",
  (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 || !xhr.getResponseHeader("Tongzhou-In-Place")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.stopImmediatePropagation();
  },
  true,
);

document.addEventListener("htmx:afterSettle", (event) => {
  const refusal = document.querySelector("#task [data-refusal], #today [data-refusal]");
  if (refusal && event.detail.xhr?.status >= 400) {
    refusal.scrollIntoView({ block: "nearest" });
    refusal.focus({ preventScroll: true });
  }
});

// --- uploads ---------------------------------------------------------------------------------

function fault(form, text) {
  const line = form.querySelector("#file-error");
  if (!line) return;
  line.hidden = !text;
  line.querySelector("span").textContent = text;
  form.querySelector("[type=file]")?.classList.toggle("is-invalid", Boolean(text));
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (!form || event.target.type !== "file") return;
  const file = event.target.files[0];
  const large = file && file.size > Number(form.dataset.limit);
  // Said before a large file is sent over a thin line for nothing; the server checks it again.
  fault(form, large ? form.dataset.tooLarge : "");
});

document.addEventListener("htmx:confirm", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  const file = form?.querySelector("[type=file]")?.files[0];
  if (file && file.size > Number(form.dataset.limit)) {
    event.preventDefault();
    fault(form, form.dataset.tooLarge);
    delete form.dataset.submitting;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.(".tk-progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});

document.addEventListener("htmx:afterRequest", (event) => {
  const bar = event.target.querySelector?.(".tk-progress");
  if (bar) bar.hidden = true;
});

// --- rows of a split, quick times, printing --------------------------------------------------

function addRow(button) {
  const form = button.closest("form");
  const rows = form.querySelector("[data-rows-of]");
  const total = form.querySelector('[name$="-TOTAL_FORMS"]');
  const next = Number(total.value);
  if (next >= Number(rows.dataset.most)) return;
  const template = rows.querySelector("template");
  const holder = document.createElement("div");
  holder.innerHTML = template.innerHTML
    .replaceAll("__prefix__", String(next))
    .replaceAll("__number__", String(next + 1));
  const row = holder.firstElementChild;
  template.before(row);
  total.value = String(next + 1);
  upgrade(row);
  row.querySelector("input:not([type=hidden])")?.focus();
}

document.addEventListener("click", (event) => {
  const adder = event.target.closest?.("[data-add-row]");
  if (adder) addRow(adder);
  if (event.target.closest?.("[data-print]")) window.print();
});
