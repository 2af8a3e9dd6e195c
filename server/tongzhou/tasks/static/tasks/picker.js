// A text field in which a unit, an area or a task is looked up while one types.
//
// Without this script it is a plain field that takes a code or an exact name. With it, it is
// the "editable combobox with list autocomplete" of the ARIA practices: arrows move, Enter
// takes, Escape closes, and a screen reader hears how many were found. `data-many` lets
// several be chosen; each becomes a chip with a button that removes it.

const WAIT = 180;
let count = 0;

class Picker {
  constructor(root) {
    this.root = root;
    root.picker = this;
    this.input = root.querySelector("input");
    this.name = this.input.name;
    this.many = root.hasAttribute("data-many");
    this.chosen = JSON.parse(root.dataset.chosen || "[]");
    this.options = [];
    this.active = -1;
    this.id = `picker-${++count}`;
    this.told = undefined;
    this.build();
    this.listen();
    // Several come as one text of codes; those that were found stand as chips.
    if (this.many) this.input.value = root.dataset.rest || "";
    this.show();
    this.told = this.value.value;
  }

  build() {
    const { input, root } = this;
    input.removeAttribute("name");
    this.value = document.createElement("input");
    this.value.type = "hidden";
    this.value.name = this.name;
    this.value.value = input.value;
    this.list = document.createElement("ul");
    this.list.id = this.id;
    this.list.className = "tk-options";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", root.dataset.label || "");
    this.list.hidden = true;
    this.said = document.createElement("span");
    this.said.className = "visually-hidden";
    this.said.setAttribute("aria-live", "polite");
    this.chips = document.createElement("ul");
    this.chips.className = "tk-chosen";
    root.prepend(this.chips);
    root.append(this.value, this.list, this.said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.id);
    input.setAttribute("aria-autocomplete", "list");
    input.autocomplete = "off";
    input.spellcheck = false;
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("input", () => this.typed());
    input.addEventListener("focus", () => this.input.select());
    input.addEventListener("click", () => this.search(this.query()));
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.left());
    // Half a name is no choice yet; whoever waits for a change is told once there is one.
    input.addEventListener("change", (event) => event.stopPropagation());
    // The field must keep the focus, or leaving it would close the list before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(this.options[Number(option.dataset.index)]);
    });
  }

  query() {
    const chosen = this.many ? "" : (this.chosen[0]?.name ?? "");
    return this.input.value === chosen ? "" : this.input.value.trim();
  }

  typed() {
    if (!this.many) this.chosen = [];
    this.store();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.search(this.input.value.trim()), WAIT);
  }

  async search(text) {
    this.asked?.abort();
    this.asked = new AbortController();
    const url = new URL(this.root.dataset.url, window.location.href);
    url.searchParams.set("q", text);
    try {
      const answer = await fetch(url, {
        headers: { Accept: "application/json" },
        signal: this.asked.signal,
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = (await answer.json()).results;
      if (document.activeElement === this.input) this.offer(found);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.close();
      this.said.textContent = this.root.dataset.failed || "";
    }
  }

  offer(found) {
    const taken = new Set(this.many ? this.chosen.map((item) => item.code) : []);
    this.options = found.filter((item) => !taken.has(item.code));
    this.list.replaceChildren(...this.options.map((item, index) => this.line(item, index)));
    if (!this.options.length) {
      const none = document.createElement("li");
      none.className = "tk-none";
      none.textContent = this.root.dataset.none || "";
      this.list.append(none);
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(this.input.value.trim() && this.options.length ? 0 : -1);
    this.said.textContent = this.options.length
      ? (this.root.dataset.found || "").replace("{n}", this.options.length)
      : this.root.dataset.none || "";
  }

  line(item, index) {
    const line = document.createElement("li");
    line.id = `${this.id}-${index}`;
    line.dataset.index = index;
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = item.name;
    const hint = document.createElement("span");
    hint.textContent = item.hint;
    line.append(name, hint);
    return line;
  }

  mark(index) {
    this.active = index;
    for (const line of this.list.querySelectorAll("[role=option]")) {
      const here = Number(line.dataset.index) === index;
      line.setAttribute("aria-selected", String(here));
      if (here) line.scrollIntoView({ block: "nearest" });
    }
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${index}`);
  }

  key(event) {
    const open = !this.list.hidden;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        event.preventDefault();
        if (!open) {
          this.search(this.query());
          return;
        }
        const step = event.key === "ArrowDown" ? 1 : -1;
        const many = this.options.length;
        if (many) this.mark((this.active + step + many) % many);
        return;
      }
      case "Enter":
        if (open && this.active >= 0) {
          event.preventDefault();
          this.take(this.options[this.active]);
        }
        return;
      case "Escape":
        if (open) {
          // Only the list is closed, not the dialog around it.
          event.preventDefault();
          event.stopPropagation();
          this.close();
        }
        return;
      case "Backspace":
        if (this.many && !this.input.value && this.chosen.length) {
          this.drop(this.chosen[this.chosen.length - 1]);
        }
    }
  }

  take(item) {
    if (!item) return;
    this.chosen = this.many ? [...this.chosen, item] : [item];
    this.input.value = "";
    this.close();
    this.show();
    this.tell(item);
  }

  drop(item) {
    this.chosen = this.chosen.filter((other) => other.code !== item.code);
    this.show();
    this.tell(null);
    this.input.focus();
  }

  left() {
    window.clearTimeout(this.timer);
    this.asked?.abort();
    const text = this.input.value.trim().toLowerCase();
    const same = this.options.filter((item) =>
      [item.code, item.name].some((word) => word.toLowerCase() === text),
    );
    if (text && !this.list.hidden && same.length === 1) this.take(same[0]);
    this.close();
    if (this.value.value !== this.told) this.tell(null);
  }

  close() {
    this.mark(-1);
    this.list.hidden = true;
    this.list.replaceChildren();
    this.input.setAttribute("aria-expanded", "false");
  }

  // What is typed and not taken goes along as it is: the server finds the unit, or says in
  // a sentence that there is none, and nothing typed is lost.
  store() {
    const codes = this.chosen.map((item) => item.code);
    const text = this.input.value.trim();
    if (text && (this.many || !codes.length)) codes.push(text);
    this.value.value = codes.join(",");
  }

  show() {
    if (this.many) {
      this.chips.replaceChildren(...this.chosen.map((item) => this.chip(item)));
    } else if (this.chosen.length) {
      this.input.value = this.chosen[0].name;
    }
    this.chips.hidden = !this.many || !this.chosen.length;
    if (this.many && this.chosen.length) this.input.removeAttribute("required");
    this.store();
  }

  chip(item) {
    const chip = document.createElement("li");
    const name = document.createElement("span");
    name.textContent = item.name;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "btn-close";
    remove.setAttribute("aria-label", (this.root.dataset.remove || "").replace("{name}", item.name));
    remove.addEventListener("click", () => this.drop(item));
    chip.append(name, remove);
    return chip;
  }

  tell(item) {
    this.store();
    this.told = this.value.value;
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
    this.root.dispatchEvent(new CustomEvent("picker:change", { bubbles: true, detail: item }));
  }
}

export function upgrade(root = document) {
  for (const element of root.querySelectorAll("[data-picker]:not([data-ready])")) {
    element.dataset.ready = "";
    new Picker(element);
  }
}

document.addEventListener("htmx:load", (event) => upgrade(event.detail.elt.parentElement ?? document));
upgrade();
