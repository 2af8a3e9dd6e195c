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
/** So many units stand beside the duties on a sheet of paper. */
const ON_PAPER = 24;

/** The table for the units from one place to another: duties in which none of them takes part,
 * and headings without duties, are left out. */
function sheet(table, from, to) {
  const paper = document.createElement("table");
  paper.className = table.className;
  const heads = paper.createTHead().insertRow();
  const [corner, ...units] = table.tHead.rows[0].cells;
  for (const cell of [corner, ...units.slice(from, to)]) heads.append(cell.cloneNode(true));
  const body = paper.createTBody();
  let side = null;
  for (const row of [...table.tBodies].flatMap((part) => [...part.rows])) {
    const [name, ...cells] = row.cells;
    if (name.classList.contains("md-side")) side = row;
    const wide = cells.flatMap((cell) => Array.from({ length: cell.colSpan }, () => cell));
    const here = wide.slice(from, to);
    if (!here.some((cell) => cell.firstChild)) continue;
    if (side) {
      body.append(side.cloneNode(true));
      body.lastElementChild.cells[0].colSpan = here.length + 1;
      side = null;
    }
    const line = body.insertRow();
    line.append(name.cloneNode(true));
    for (const cell of here) line.insertCell().append(...[...cell.childNodes].map((one) => one.cloneNode(true)));
  }
  return paper;
}

addEventListener("beforeprint", () => {
  const table = document.querySelector(".md-scroll > .md-matrix");
  if (!(table instanceof HTMLTableElement)) return;
  document.querySelector(".md-paper")?.remove();
  const paper = document.createElement("div");
  paper.className = "md-paper";
  const units = table.tHead.rows[0].cells.length - 1;
  for (let from = 0; from < units; from += ON_PAPER) paper.append(sheet(table, from, from + ON_PAPER));
  table.parentElement.after(paper);
});
addEventListener("afterprint", () => document.querySelector(".md-paper")?.remove());
dialog?.addEventListener("close", () => dialog.replaceChildren());
