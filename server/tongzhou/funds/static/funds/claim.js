/* Adds up a claim while it is typed; the sum that counts is made by the server. */
const form = document.querySelector("[data-claim]");
const total = form?.querySelector("[data-total]");

function add() {
  const decimals = Number(form.dataset.decimals);
  let sum = 0;
  for (const input of form.querySelectorAll("[data-rate]")) {
    const quantity = Number(input.value);
    if (Number.isFinite(quantity) && quantity > 0) sum += quantity * Number(input.dataset.rate);
  }
  total.hidden = sum === 0;
  total.querySelector("[data-sum]").textContent = sum.toLocaleString(document.documentElement.lang, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

if (form && total) {
  form.addEventListener("input", add);
  add();
}
