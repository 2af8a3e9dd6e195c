// What the server answers and what the reader is told: CSRF header, refusals, network faults.
"use strict";
(() => {
  /** @type {Record<string, string>} */
  const words = JSON.parse(document.getElementById("tz-words")?.textContent || "{}");
  const area = document.getElementById("messages");
  const QUIET = new Set(["success", "info"]);
  const QUIET_MS = 8000;

  /**
   * Shows a message. The tones are those of ui/_message.html.
   * @param {"success"|"info"|"warning"|"danger"} tone
   * @param {string} text
   */
  function say(tone, text) {
    if (!area) return;
    const toast = document.createElement("div");
    const colour = { success: "green", info: "blue", warning: "yellow", danger: "red" }[tone];
    toast.className = `tz-toast tz-tone-${colour}`;
    toast.dataset.message = tone;
    toast.setAttribute("role", tone === "danger" ? "alert" : "status");
    const line = document.createElement("p");
    line.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "btn-close";
    close.dataset.messageClose = "";
    close.setAttribute("aria-label", words.close || "×");
    toast.append(line, close);
    for (const other of area.querySelectorAll("[data-message]")) {
      if (other.querySelector("p")?.textContent === text) other.remove();
    }
    area.append(toast);
  }

  window.tongzhou = { words, say };

  /** Good news goes by itself, unless somebody is reading it; bad news stays until closed.
   * @param {Element} toast */
  function expire(toast) {
    if (!(toast instanceof HTMLElement) || !QUIET.has(toast.dataset.message || "")) return;
    const leave = () => {
      if (toast.matches(":hover, :focus-within")) setTimeout(leave, 2000);
      else toast.remove();
    };
    setTimeout(leave, QUIET_MS);
  }

  if (area) {
    for (const toast of area.children) expire(toast);
    new MutationObserver((records) => {
      for (const record of records) {
        for (const node of record.addedNodes) if (node instanceof Element) expire(node);
      }
    }).observe(area, { childList: true });
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-message-close]");
    if (button) button.closest("[data-message]")?.remove();
  });

  document.body.addEventListener("htmx:configRequest", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    if (detail.verb !== "get") detail.headers["X-CSRFToken"] = document.body.dataset.csrf || "";
  });

  /** The sentence in an answer that is not a fragment: problem details or a whole error page.
   * @param {string} text @param {string} type */
  function sentence(text, type) {
    if (type.includes("json")) {
      try {
        const problem = JSON.parse(text);
        return problem.detail || problem.title || "";
      } catch {
        return "";
      }
    }
    if (!type.includes("html")) return "";
    const page = new DOMParser().parseFromString(text, "text/html");
    const title = page.querySelector("h1")?.textContent?.trim() || "";
    const why = page.querySelector("h1 ~ p, .tz-lead")?.textContent?.trim() || "";
    return [title, why].filter(Boolean).join(" – ");
  }

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = /** @type {CustomEvent} */ (event);
    const { status } = detail.xhr;
    if (status < 400) return;
    const text = String(detail.serverResponse || "").trimStart();
    if (text.slice(0, 400).includes("data-message=")) {
      detail.target = area;
      detail.swapOverride = "beforeend";
      detail.shouldSwap = true;
    } else if (status === 422) {
      detail.shouldSwap = true;
      detail.isError = false;
    } else {
      detail.shouldSwap = false;
      const type = detail.xhr.getResponseHeader("Content-Type") || "";
      say("danger", sentence(text, type) || words.failed);
    }
  });

  for (const fault of ["htmx:sendError", "htmx:timeout"]) {
    document.body.addEventListener(fault, (event) => {
      const { detail } = /** @type {CustomEvent} */ (event);
      // A live refresh that fails is the business of the live indicator.
      if (detail.requestConfig?.triggeringEvent?.type !== "live") say("danger", words.network);
    });
  }
})();
