// News without reload: one stream per page, and elements that fetch themselves anew.
//
// <section id="task" data-live="task:ID unit" hx-get="…" hx-trigger="live"> is refreshed when the
// stream says that something about one of its topics was sealed. What the reader is typing in is
// never replaced, nor what an answer is on its way to.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const STREAM = script.dataset.stream || "/live";
  const TOGETHER_MS = 150;
  const LONGEST_WAIT_MS = 30000;
  // Browsers open six connections to one server; a tab nobody looks at gives its own back.
  const HIDDEN_MS = 60000;
  const QUIET_MS = 2500;
  const words = window.tongzhou?.words || {};
  const indicator = document.querySelector("[data-live-state]");

  /** @type {EventSource | null} */
  let source = null;
  let followed = "";
  let attempts = 0;
  let wasOpen = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let telling;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let sleep;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let gathering;
  /** @type {Set<string>} */
  const news = new Set();
  /** What the reader has asked for and is waiting for: from where, and where it will go.
   * @type {Set<{from: Element, to: Element}>} */
  const awaited = new Set();

  /** @returns {HTMLElement[]} */
  const elements = () => [...document.querySelectorAll("[data-live]")];
  /** @param {HTMLElement} element */
  const topicsOf = (element) => (element.dataset.live || "").split(/\s+/).filter(Boolean);

  /** @param {"live" | "reconnecting" | "offline" | ""} state */
  function show(state) {
    if (!(indicator instanceof HTMLElement) || indicator.dataset.state === state) return;
    indicator.dataset.state = state;
    indicator.hidden = state === "";
    indicator.title = words[state] || "";
    const text = indicator.querySelector(".tz-live-text");
    if (text) text.textContent = words[state] || "";
  }

  // --- the stream ------------------------------------------------------------------------------

  function connect() {
    clearTimeout(retry);
    source?.close();
    source = null;
    const topics = [...new Set(elements().flatMap(topicsOf))].sort();
    followed = topics.join(",");
    if (!followed) {
      show("");
      return;
    }
    if (document.hidden && sleep === undefined && wasOpen) return;
    const stream = new EventSource(`${STREAM}?topics=${encodeURIComponent(followed)}`);
    source = stream;
    stream.onopen = () => {
      attempts = 0;
      show("live");
      // Whatever happened while we were away is found by fetching once.
      if (wasOpen) refresh(elements());
      wasOpen = true;
    };
    stream.onmessage = (message) => {
      const told = JSON.parse(message.data);
      for (const topic of told.topics || []) news.add(topic);
      clearTimeout(gathering);
      gathering = setTimeout(deliver, TOGETHER_MS);
      document.dispatchEvent(new CustomEvent("tongzhou:news", { detail: told }));
    };
    stream.onerror = () => {
      if (source !== stream) return;
      stream.close();
      source = null;
      attempts += 1;
      // The server ends a stream now and then by itself; that is not worth a word.
      clearTimeout(telling);
      telling = setTimeout(() => {
        if (source?.readyState !== EventSource.OPEN) {
          show(navigator.onLine && attempts < 5 ? "reconnecting" : "offline");
        }
      }, QUIET_MS);
      const wait = Math.min(LONGEST_WAIT_MS, 500 * 2 ** attempts) * (0.75 + Math.random() / 2);
      retry = setTimeout(connect, wait);
    };
  }

  window.addEventListener("online", connect);
  window.addEventListener("offline", () => show("offline"));
  window.addEventListener("pagehide", () => source?.close());
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) connect();
  });
  document.addEventListener("visibilitychange", () => {
    clearTimeout(sleep);
    sleep = undefined;
    if (document.hidden) {
      sleep = setTimeout(() => {
        source?.close();
        source = null;
        clearTimeout(retry);
      }, HIDDEN_MS);
    } else if (!source) connect();
  });

  // --- delivering ------------------------------------------------------------------------------

  function deliver() {
    const about = new Set(news);
    news.clear();
    refresh(elements().filter((element) => topicsOf(element).some((topic) => about.has(topic))));
  }

  /** @param {HTMLElement[]} concerned */
  function refresh(concerned) {
    for (const element of concerned) {
      // An element inside another that is refreshed as well comes along with it.
      if (concerned.some((other) => other !== element && other.contains(element))) continue;
      if (isBusy(element)) markStale(element);
      else {
        remember(element);
        element.dispatchEvent(new CustomEvent("live", { bubbles: false }));
      }
    }
  }

  /** Whether somebody is in the middle of something inside.
   * @param {Element} element */
  function isBusy(element) {
    const active = document.activeElement;
    if (active && element.contains(active) && active.matches("input, textarea, select, [contenteditable]")) {
      const box = active instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(active.type);
      if (!box || active.form?.matches("[data-warn-unsaved]")) return true;
    }
    if (element.querySelector("dialog[open], .dropdown-menu.show, form[data-dirty]")) return true;
    for (const { from, to } of awaited) if (element.contains(from) || element.contains(to)) return true;
    for (const field of element.querySelectorAll("textarea, input:not([type=hidden])")) {
      const input = /** @type {HTMLInputElement} */ (field);
      const isBox = input.type === "checkbox" || input.type === "radio";
      if (isBox ? false : input.value !== input.defaultValue) return true;
    }
    return false;
  }

  /** @param {HTMLElement} element */
  function markStale(element) {
    element.classList.add("tz-stale");
    element.dataset.stale = "1";
    element.title = words.stale || "";
  }

  function refreshStale() {
    for (const node of document.querySelectorAll("[data-stale]")) {
      const element = /** @type {HTMLElement} */ (node);
      if (isBusy(element)) continue;
      delete element.dataset.stale;
      element.classList.remove("tz-stale");
      element.removeAttribute("title");
      refresh([element]);
    }
  }
  for (const done of ["focusout", "close", "htmx:afterSettle", "hidden.bs.dropdown"]) {
    document.addEventListener(done, () => setTimeout(refreshStale, 50), true);
  }

  // An answer that comes back to a button which is there no more, or for a part that was replaced
  // meanwhile, would be lost: the part waits for it, and is refreshed afterwards.
  document.body.addEventListener("htmx:beforeSend", (event) => {
    const { elt, target, xhr, requestConfig } = /** @type {CustomEvent} */ (event).detail;
    if (requestConfig.triggeringEvent?.type === "live") return;
    const request = { from: elt, to: target };
    awaited.add(request);
    // Comes after every end, a broken line too.
    xhr.addEventListener("loadend", () => {
      awaited.delete(request);
      setTimeout(refreshStale, 50);
    });
  });

  // Somebody may have begun to type while the answer was under way.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.requestConfig?.triggeringEvent?.type !== "live") return;
    if (detail.xhr.status >= 400) {
      event.stopImmediatePropagation();
      detail.shouldSwap = false;
    } else if (isBusy(detail.target)) {
      detail.shouldSwap = false;
      markStale(detail.target);
    }
  }, true);

  // --- keeping the place -----------------------------------------------------------------------

  /** @type {Map<string, {checked: string[], focus: string, current: string}>} */
  const places = new Map();

  /** A way to find the same control in the new markup.
   * @param {Element} control */
  function selectorOf(control) {
    if (control.id) return `#${CSS.escape(control.id)}`;
    for (const name of ["href", "value", "name", "data-dialog", "hx-get", "aria-label"]) {
      const value = control.getAttribute(name);
      if (value) return `${control.localName}[${name}="${CSS.escape(value)}"]`;
    }
    return "";
  }

  /** @param {HTMLElement} element */
  function remember(element) {
    if (!element.id) return;
    const active = document.activeElement;
    const inside = active && active !== element && element.contains(active);
    /** @type {NodeListOf<HTMLInputElement>} */
    const checked = element.querySelectorAll("input[data-bulk-item]:checked");
    places.set(element.id, {
      checked: [...checked].map((box) => box.value),
      focus: inside ? selectorOf(active) : "",
      current: element.querySelector("tr.tz-current")?.getAttribute("data-href") || "",
    });
  }

  // A dialog gives the focus back to what opened it; after news that is another element.
  let opener = "";
  document.addEventListener("focusin", (event) => {
    const control = /** @type {Element} */ (event.target);
    if (!control.closest("dialog")) opener = selectorOf(control);
  });
  document.addEventListener("close", () => {
    const active = document.activeElement;
    if (!opener || (active !== document.body && !active?.closest("dialog:not([open])"))) return;
    const control = document.querySelector(`main ${opener}`);
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }, true);

  document.body.addEventListener("htmx:afterSettle", () => {
    for (const [id, place] of places) {
      const element = document.getElementById(id);
      if (!element) continue;
      places.delete(id);
      for (const value of place.checked) {
        const box = element.querySelector(`input[data-bulk-item][value="${CSS.escape(value)}"]`);
        if (box instanceof HTMLInputElement) box.click();
      }
      if (place.current) {
        element.querySelector(`tr[data-href="${CSS.escape(place.current)}"]`)?.classList.add("tz-current");
      }
      const control = place.focus && element.querySelector(place.focus);
      if (control instanceof HTMLElement) control.focus({ preventScroll: true });
    }
    const topics = [...new Set(elements().flatMap(topicsOf))].sort().join(",");
    if (topics !== followed) connect();
  });

  connect();
})();
