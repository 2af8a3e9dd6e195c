// Time left, told anew each second. Words come from the page ([data-countdown-words]), so that
// this file knows no language; without script the text stands as the page was made.

const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

function told(seconds, words) {
  const whole = Math.floor(Math.abs(seconds));
  const days = Math.floor(whole / DAY), hours = Math.floor((whole % DAY) / HOUR);
  const minutes = Math.floor((whole % HOUR) / MINUTE), rest = whole % MINUTE;
  const said = days ? [[days, "d"], [hours, "h"]]
    : hours ? [[hours, "h"], [minutes, "m"]]
      : [[minutes, "m"], [rest, "s"]];
  const parts = said.filter(([n], i) => n || i || said.length === 1)
    .map(([n, unit]) => words[unit].replace("{n}", String(n)));
  return words[seconds < 0 ? "over" : "left"].replace("{n}", parts.join(" "));
}

function tick() {
  for (const element of document.querySelectorAll("time[data-countdown]")) {
    const holder = element.closest("[data-countdown-words]");
    const until = Date.parse(element.getAttribute("datetime") ?? "");
    if (!holder || Number.isNaN(until)) continue;
    const words = JSON.parse(holder.getAttribute("data-countdown-words"));
    const seconds = (until - Date.now()) / 1000;
    const text = told(seconds, words);
    const label = element.querySelector("[data-countdown-text]");
    if (label && label.textContent !== text) label.textContent = text;
    element.classList.toggle("tz-due-overdue", seconds < 0);
    element.classList.toggle("tz-due-soon", seconds >= 0 && seconds < 2 * HOUR);
  }
}

tick();
setInterval(tick, 1000);
document.body.addEventListener("htmx:afterSwap", tick);
