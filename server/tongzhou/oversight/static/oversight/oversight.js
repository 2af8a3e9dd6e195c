// Prints the page at the press of its button, and shows of the form of a request what its kind
// needs.

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-print]")) window.print();
});

const form = document.getElementById("request-form");
function fit() {
  const kind = form.querySelector("[name=kind]:checked")?.value;
  for (const part of form.querySelectorAll("[data-form-only]")) part.hidden = kind !== "form";
}
if (form) {
  form.addEventListener("change", fit);
  fit();
}
