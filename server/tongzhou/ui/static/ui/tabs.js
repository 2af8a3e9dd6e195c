// The tab that is open may lie beyond the edge of a phone: it is brought into sight.
"use strict";
(() => {
  function show() {
    for (const bar of document.querySelectorAll(".tz-tabs")) {
      const open = bar.querySelector("a[aria-current]");
      if (!open) continue;
      const place = open.getBoundingClientRect();
      const frame = bar.getBoundingClientRect();
      bar.scrollLeft += place.left - frame.left - (frame.width - place.width) / 2;
    }
  }
  show();
  window.addEventListener("resize", show);
})();
