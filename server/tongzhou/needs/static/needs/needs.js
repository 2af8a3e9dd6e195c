// A match of a line is put into the form beside it; a page is printed by its button.

for (const button of document.querySelectorAll("[data-take]")) {
  button.addEventListener("click", () => {
    const form = document.getElementById("give-form");
    form.elements.offer_line.value = button.dataset.take;
    const wanted = Number(form.elements.amount.value.replace(/,/g, ""));
    const left = Number(button.dataset.left);
    if (button.dataset.left && !(wanted <= left)) form.elements.amount.value = button.dataset.left;
    form.elements.amount.focus();
    for (const other of document.querySelectorAll("[data-take]")) other.setAttribute("aria-pressed", String(other === button));
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
