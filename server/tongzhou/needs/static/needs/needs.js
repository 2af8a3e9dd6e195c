// A match of a line is put into the form beside it; a page is printed by its button.

const matches = document.querySelectorAll("[data-take], [data-keep]");

for (const button of matches) {
  button.addEventListener("click", () => {
    const form = document.getElementById("give-form");
    form.elements.offer_line.value = button.dataset.take ?? "";
    form.elements.site.value = button.dataset.keep ?? "";
    form.elements.site_item.value = button.dataset.item ?? "";
    const wanted = Number(form.elements.amount.value.replace(/,/g, ""));
    const left = Number(button.dataset.left);
    if (button.dataset.left && !(wanted <= left)) form.elements.amount.value = button.dataset.left;
    const from = document.getElementById("give-from");
    from.textContent = `${from.dataset.said} ${button.dataset.label}`;
    from.hidden = false;
    form.elements.amount.focus();
    for (const other of matches) other.setAttribute("aria-pressed", String(other === button));
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
