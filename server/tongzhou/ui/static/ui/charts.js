// Draws every .chart[data-chart] with Apache ECharts, which is loaded only where there is one.
//
// The option is plain data in the JSON block of the same id. Strings such as "--tz-red-solid" become
// the colour of that token, so that charts follow the theme. A data item with a "url" is a link.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const ECHARTS = script.dataset.echarts || "";
  const SERIES_TONES = ["blue", "orange", "teal", "purple", "yellow", "cyan", "red", "green", "grey"];
  // More series than tones: further colours, each apart from its neighbours in both themes.
  const MORE_COLOURS = [
    "light-dark(#d6428c, #f58cc0)", // pink
    "light-dark(#84a316, #b8d84f)", // lime
    "light-dark(#7a4a22, #c4946a)", // brown
    "light-dark(#1c3873, #b9ccff)", // navy
    "light-dark(#eb9c8d, #ffd0c4)", // peach
    "light-dark(#7d1f45, #c2557f)", // wine
    "light-dark(#2b3640, #e6edf1)", // ink
  ];
  const words = window.tongzhou?.words || {};
  const isChinese = document.documentElement.lang.startsWith("zh");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  /** @type {Promise<any> | null} */
  let loading = null;
  function library() {
    loading ||= new Promise((resolve, reject) => {
      const tag = document.createElement("script");
      tag.src = ECHARTS;
      tag.onload = () => resolve(window.echarts);
      tag.onerror = reject;
      document.head.append(tag);
    });
    return loading;
  }

  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  /** The colour behind a token (or a CSS colour) in the present theme. @param {string} token */
  function colour(token) {
    probe.style.color = token.startsWith("--") ? `var(${token})` : token;
    return getComputedStyle(probe).color;
  }

  /** @param {any} value @returns {any} */
  function withColours(value) {
    if (typeof value === "string") return value.startsWith("--tz-") ? colour(value) : value;
    if (Array.isArray(value)) return value.map(withColours);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withColours(v)]));
    }
    return value;
  }

  function theme() {
    const ink = colour("--tz-ink");
    const muted = colour("--tz-muted");
    const line = colour("--tz-line");
    const surface = colour("--tz-surface");
    const axis = {
      axisLine: { lineStyle: { color: colour("--tz-line-strong") } },
      axisTick: { lineStyle: { color: colour("--tz-line-strong") } },
      axisLabel: { color: muted },
      nameTextStyle: { color: muted },
      splitLine: { lineStyle: { color: line } },
    };
    return {
      color: [...SERIES_TONES.map((tone) => `--tz-${tone}-solid`), ...MORE_COLOURS].map(colour),
      backgroundColor: "transparent",
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
      title: { textStyle: { color: ink }, subtextStyle: { color: muted } },
      legend: { textStyle: { color: ink }, inactiveColor: line, pageTextStyle: { color: muted } },
      tooltip: {
        backgroundColor: surface,
        borderColor: line,
        textStyle: { color: ink, fontSize: 13 },
        confine: true,
      },
      categoryAxis: axis,
      valueAxis: { ...axis, axisLine: { show: false }, axisTick: { show: false } },
      timeAxis: { ...axis, splitLine: { show: false } },
      logAxis: axis,
      line: { symbolSize: 5, lineStyle: { width: 2.25 } },
      graph: { lineStyle: { color: muted, opacity: 0.45 }, label: { color: ink, textBorderColor: surface, textBorderWidth: 3 } },
      map: {
        itemStyle: { areaColor: colour("--tz-grey-soft"), borderColor: surface, borderWidth: 1 },
        label: { color: ink },
        emphasis: { itemStyle: { areaColor: colour("--tz-yellow-soft") }, label: { color: ink } },
        select: { itemStyle: { areaColor: colour("--tz-yellow-soft") }, label: { color: ink } },
      },
      visualMap: { textStyle: { color: muted } },
      dataZoom: { textStyle: { color: muted }, borderColor: line },
    };
  }

  /** Places for the nodes of a graph by spring forces (Fruchterman and Reingold 1991), with a pull to
   * the middle so that loose parts stay in sight. Unlike the layout of the library it starts from
   * fixed places, so the same network looks the same each time, and it is fitted to the figure,
   * which is `wide` times as wide as high.
   * @param {any[]} nodes @param {any[]} links @param {number} wide */
  function placed(nodes, links, wide) {
    const index = new Map(nodes.map((node, i) => [String(node.id ?? node.name), i]));
    const at = (/** @type {any} */ end) => (typeof end === "number" ? end : (index.get(String(end)) ?? -1));
    const heaviest = Math.max(1, ...links.map((link) => link.value || 1));
    const springs = links
      .map((link) => [at(link.source), at(link.target), 0.5 + (0.5 * (link.value || 1)) / heaviest])
      .filter(([a, b]) => a >= 0 && b >= 0 && a !== b);
    const rest = 1 / Math.sqrt(Math.max(1, nodes.length));
    // A sunflower: even, and the same for the same number of nodes.
    const x = nodes.map((_, i) => Math.sqrt((i + 0.5) / nodes.length) * Math.cos(i * 2.4) * 0.5);
    const y = nodes.map((_, i) => Math.sqrt((i + 0.5) / nodes.length) * Math.sin(i * 2.4) * 0.5);
    const STEPS = 220;
    for (let step = 0; step < STEPS; step += 1) {
      const dx = x.map((v) => -v * 0.6);
      const dy = y.map((v) => -v * 0.6);
      for (let i = 0; i < nodes.length; i += 1) {
        for (let j = i + 1; j < nodes.length; j += 1) {
          const [ex, ey] = [x[i] - x[j], y[i] - y[j]];
          const push = (rest * rest) / Math.max(1e-4, ex * ex + ey * ey);
          dx[i] += ex * push; dy[i] += ey * push;
          dx[j] -= ex * push; dy[j] -= ey * push;
        }
      }
      for (const [a, b, weight] of springs) {
        const [ex, ey] = [x[a] - x[b], y[a] - y[b]];
        const pull = (Math.hypot(ex, ey) / rest) * weight;
        dx[a] -= ex * pull; dy[a] -= ey * pull;
        dx[b] += ex * pull; dy[b] += ey * pull;
      }
      const limit = 0.1 * (1 - step / STEPS);
      for (let i = 0; i < nodes.length; i += 1) {
        const far = Math.hypot(dx[i], dy[i]) || 1;
        x[i] += (dx[i] / far) * Math.min(far, limit);
        y[i] += (dy[i] / far) * Math.min(far, limit);
      }
    }
    const spread = (/** @type {number[]} */ v) => Math.max(...v) - Math.min(...v) || 1;
    const [sx, sy] = [(1000 * wide) / spread(x), 1000 / spread(y)];
    return nodes.map((node, i) => ({ ...node, x: x[i] * sx, y: y[i] * sy }));
  }

  const shortDay = new Intl.DateTimeFormat(isChinese ? "zh-Hans" : "en-GB", {
    day: "numeric", month: isChinese ? "numeric" : "short", timeZone: "UTC",
  });
  /** @param {unknown} value */
  const isDay = (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  /** An ISO day as an axis has room for it. @param {string} value */
  const dayLabel = (value) => shortDay.format(new Date(`${value}T00:00:00Z`));

  /** The height of a legend that wraps: its lines by the widths of the names, roughly.
   * @param {any[]} series @param {number} width */
  function legendHeight(series, width) {
    const names = series.flatMap((s) => (s.categories ? s.categories.map((/** @type {any} */ c) => c.name) : [s.name]));
    let [lines, used] = [1, 0];
    for (const name of names) {
      const letters = [...String(name ?? "")];
      const item = 45 + letters.reduce((sum, letter) => sum + (letter > "\u2e7f" ? 12.5 : 7), 0);
      if (used && used + item > width) [lines, used] = [lines + 1, 0];
      used += item;
    }
    return lines * 25;
  }

  /** What an option leaves out, chosen so that labels fit on a phone as well.
   * @param {any} option @param {HTMLElement} element */
  function completed(option, element) {
    const series = [option.series || []].flat();
    const isGrid = option.xAxis !== undefined || option.yAxis !== undefined;
    const legend = series.length > 1 && series.every((s) => s.name) ? { type: "scroll", top: 0, left: 0 } : undefined;
    const made = {
      animation: !calm.matches,
      animationDuration: 350,
      tooltip: { trigger: isGrid && !series.some((s) => ["scatter", "heatmap"].includes(s.type)) ? "axis" : "item" },
      ...(isGrid && { grid: { left: 8, right: 16, top: legend || option.legend ? 40 : 20, bottom: 8 } }),
      ...(legend && isGrid && { legend }),
      ...withColours(option),
    };
    // A plain legend wraps, and the figure makes room for its lines – on a phone not at its own cost.
    let wraps = option.legend?.type === "plain" ? legendHeight(series, element.clientWidth) : 0;
    if (wraps > element.clientHeight * 0.3) {
      wraps = 0;
      made.legend = { ...made.legend, type: "scroll" };
    }
    if (wraps && isGrid && option.legend.bottom === undefined) {
      made.grid = { ...made.grid, top: Math.max(made.grid.top, wraps + 16) };
    }
    delete made.kind;
    delete made.map;
    for (const axis of [made.xAxis || [], made.yAxis || []].flat()) {
      if (axis.type === "category" && (axis.data || []).every(isDay)) {
        axis.axisLabel = { formatter: dayLabel, hideOverlap: true, ...axis.axisLabel };
      }
    }
    for (const each of [made.series || []].flat()) {
      if (each.type === "line" && each.showSymbol === undefined) each.showSymbol = (each.data || []).length < 40;
      if (each.type === "graph") {
        const room = Math.min(150, element.clientWidth * 0.34);
        Object.assign(each, {
          roam: "move", draggable: true,
          left: room / 2 + 8, right: room / 2 + 24, top: 20, bottom: option.legend ? Math.max(72, wraps + 44) : 44,
          emphasis: { focus: "adjacency" },
          labelLayout: { hideOverlap: true },
          ...each,
          label: { width: room, overflow: "truncate", ...each.label },
        });
        if (each.layout !== "circular" && !(each.data || []).every((/** @type {any} */ node) => "x" in node)) {
          const wide = (element.clientWidth - each.left - each.right) / (element.clientHeight - each.top - each.bottom);
          each.layout = "none";
          each.data = placed(each.data || [], each.links || each.edges || [], wide > 0 ? wide : 1.5);
        }
      }
      if (each.type === "map") Object.assign(each, { roam: false, ...each });
    }
    return made;
  }

  /** @param {any} option */
  const mapName = (option) =>
    option.map || option.geo?.map || [option.series || []].flat().find((s) => s.map)?.map || "areas";

  /** @param {HTMLElement} element @param {string} text */
  function fail(element, text) {
    element.classList.add("tz-chart-failed");
    element.textContent = text;
    const twin = element.closest("figure")?.querySelector("details.tz-twin");
    if (twin instanceof HTMLDetailsElement) twin.open = true;
  }

  /** @type {WeakSet<Element>} */
  const watched = new WeakSet();
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const chart = window.echarts?.getInstanceByDom(target);
      if (chart && target.clientWidth) chart.resize();
    }
  });

  /** @param {HTMLElement} element */
  async function draw(element) {
    const data = document.getElementById(element.dataset.chart || "");
    if (!(data instanceof HTMLTemplateElement)) return;
    const option = JSON.parse(data.content.textContent || "{}");
    let echarts;
    try {
      echarts = await library();
    } catch {
      fail(element, words.chart_failed);
      return;
    }
    if (element.dataset.mapUrl && !echarts.getMap(mapName(option))) {
      try {
        const answer = await fetch(element.dataset.mapUrl);
        if (!answer.ok) throw new Error(String(answer.status));
        echarts.registerMap(mapName(option), await answer.json());
      } catch {
        fail(element, words.map_failed);
        return;
      }
    }
    if (!element.isConnected) return;
    echarts.getInstanceByDom(element)?.dispose();
    const chart = echarts.init(element, theme(), { locale: isChinese ? "ZH" : "EN" });
    chart.setOption(completed(option, element));
    chart.on("click", (/** @type {any} */ item) => {
      if (typeof item.data?.url === "string") window.location.assign(item.data.url);
    });
    element.dataset.drawn = "1";
    if (!watched.has(element)) {
      watched.add(element);
      sizes.observe(element);
    }
  }

  /** @param {ParentNode} part */
  function drawAll(part) {
    for (const element of part.querySelectorAll(".chart[data-chart]")) draw(/** @type {HTMLElement} */ (element));
  }

  document.body.addEventListener("htmx:load", (event) => {
    const part = /** @type {HTMLElement} */ (event.target);
    if (part === document.body) return; // the first load; drawn below
    if (part.matches(".chart[data-chart]")) draw(part);
    else drawAll(part);
  });
  document.body.addEventListener("htmx:beforeCleanupElement", (event) => {
    window.echarts?.getInstanceByDom(event.target)?.dispose();
  });
  dark.addEventListener("change", () => drawAll(document));
  drawAll(document);
})();
