// The new task: an order is offered only to a unit below one's own, one's own time only when
// it is wanted, and the area follows the unit.

const form = document.querySelector("[data-new-task]");
const own = form.querySelector("[data-own-time]");
const order = form.querySelector('input[name="basis"][value="order"]');
const hint = form.querySelector("[data-order-hint]");

function showOwnTime() {
  const wanted = form.querySelector('input[name="due"]:checked')?.value === "at";
  own.hidden = !wanted;
}

function offerOrder(unit) {
  order.disabled = !unit.below;
  hint.hidden = unit.below;
  if (!unit.below && order.checked) order.checked = false;
}

form.addEventListener("change", (event) => {
  if (event.target.name === "due") showOwnTime();
});
form.addEventListener("picker:change", (event) => {
  const field = event.target.querySelector("input[type=hidden]");
  if (field?.name === "lead" && event.detail) offerOrder(event.detail);
});
// The unit that is charged with the duty, taken over by one tap.
form.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-pick-lead]") : null;
  if (!button) return;
  const field = form.querySelector("[data-picker] input[name=lead]");
  field?.closest("[data-picker]").picker?.take(JSON.parse(button.dataset.pickLead));
});
hint.hidden = !order.disabled;
showOwnTime();
