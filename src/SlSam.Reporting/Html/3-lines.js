// Lines over steps or time.
let axis = "steps";

/** Where a run's points lie on the horizontal axis. */
const positions = run => axis === "time" ? run.steps.elapsed : run.steps.first;
const evaluationPositions = evaluations => evaluations.map(each => axis === "time" ? each.elapsed : each.step);
const axisName = () => axis === "time" ? "Time" : "Step";
const axisFormat = value => axis === "time" ? format.seconds(value) : format.integer(value);

/**
 * A chart of lines. `groups()` gives for each run the positions of its points and its series; it is asked again when the axis changes. A series has a
 * label, values, and a colour's name; `alpha`, `width`, `dash`, `points` (with dots), `dots` (alone), `quiet` (in the legend only with its neighbours) and `fill` are optional.
 */
function lineChart(panel, { label, groups, value = format.number, log = false, fromZero = false, legend = true, height = 260, most = Infinity }) {
  const place = make("div", { class: "chart lines", tabindex: "0", role: "group", "aria-roledescription": "chart", "aria-label": label });
  const list = make("ul", { class: "legend" });
  const readout = make("output", { class: "readout", "aria-live": "off" });
  panel.body.append(place, readout);
  if (legend) panel.body.append(list);
  const hiddenLabels = new Set();
  let plot = null, series = [];

  function draw() {
    const parts = groups().map(group => [group.x, ...group.series.map(each => each.values.map(number => usable(number) ? number : null))]);
    series = groups().flatMap(group => group.series);
    const data = parts.length === 1 ? parts[0] : uPlot.join(parts);
    plot?.destroy();
    plot = new uPlot(options(), data, place);
    drawLegend();
    showAt(null);
  }

  const usable = number => isNumber(number) && (!log || number > 0);
  const chartHeight = () => place.clientWidth < 480 ? Math.round(0.8 * height) : height;

  function options() {
    const text = paint("--ink-soft"), grid = { stroke: paint("--grid"), width: 1 };
    const font = "12px system-ui, sans-serif";
    const many = series.length > 6;
    return {
      width: Math.max(200, place.clientWidth), height: chartHeight(), legend: { show: false }, padding: [8, 12, 0, 0],
      cursor: { drag: { x: true, y: false }, focus: { prox: many ? 30 : -1 }, points: { size: 7 } },
      focus: { alpha: 0.2 },
      scales: {
        x: { time: false },
        y: log ? { distr: 3 } : { range: (_, low, high) => verticalRange(low, Math.min(high, most), fromZero) },
      },
      axes: [
        { stroke: text, grid: { show: false }, ticks: { show: false }, border: { show: true, stroke: paint("--line"), width: 1 }, font, size: 26, values: (_, splits) => splits.map(split => split === null ? "" : axisFormat(split)), space: axis === "time" ? 80 : 56 },
        { stroke: text, grid, ticks: { show: false }, font, size: (_, values) => 14 + 7 * Math.max(3, ...(values ?? []).map(each => each?.length ?? 0)), values: (_, splits) => splits.map(split => split === null ? "" : value(split)), space: 38 },
      ],
      series: [{}, ...series.map(seriesOptions)],
      hooks: { setCursor: [self => showAt(self.cursor.idx)] },
    };
  }

  const seriesOptions = each => ({
    label: each.label, show: !hiddenLabels.has(each.of ?? each.label), stroke: paint(each.color, each.alpha ?? 1), width: each.width ?? 2, dash: each.dash,
    fill: each.fill ? paint(each.color, 0.85) : undefined, spanGaps: true, paths: each.dots ? () => null : undefined,
    points: { show: each.points || each.dots || false, size: 7, fill: paint(each.color, each.alpha ?? 1) },
  });

  function drawLegend() {
    list.replaceChildren();
    list.classList.toggle("long", series.length > 14);
    for (const name of new Set(series.filter(each => !each.quiet).map(each => each.label))) {
      const first = series.find(each => each.label === name);
      const button = make("button", { type: "button", "aria-pressed": String(!hiddenLabels.has(name)), onclick: () => toggle(name, button) },
        swatch(`var(${first.color})`, first.fill ? "" : first.dots ? "dot" : first.dash ? "line dashed" : "line"), name);
      list.append(make("li", {}, button));
    }
  }

  function toggle(name, button) {
    const show = hiddenLabels.has(name);
    if (show) hiddenLabels.delete(name); else hiddenLabels.add(name);
    button.setAttribute("aria-pressed", String(show));
    series.forEach((each, index) => { if ((each.of ?? each.label) === name) plot.setSeries(index + 1, { show }); });
  }

  function textAt(index) {
    if (index === null || index === undefined || !plot) return "";
    const known = series.map((each, place) => ({ each, number: plot.data[place + 1][index] }))
      .filter(({ each, number }) => !each.silent && plot.series[series.indexOf(each) + 1].show && isNumber(number));
    const shown = known.slice(0, 8).map(({ each, number }) => `${each.label} ${(each.format ?? value)(each.actual ? each.actual[index] : number)}`);
    if (known.length > 8) shown.push(`and ${known.length - 8} more`);
    return `${axisName()} ${axisFormat(plot.data[0][index])}: ${shown.join(" · ")}`;
  }

  const showAt = index => { readout.textContent = textAt(index); };

  place.addEventListener("keydown", event => {
    const last = plot.data[0].length - 1, now = plot.cursor.idx;
    const stride = event.shiftKey ? 10 : 1;
    const next = { ArrowRight: (now ?? -1) + stride, ArrowLeft: (now ?? last + 1) - stride, Home: 0, End: last }[event.key];
    if (event.key === "Escape") {
      plot.setScale("x", { min: plot.data[0][0], max: plot.data[0][last] });
      plot.setCursor({ left: -10, top: -10 });
      showAt(null);
    } else if (next !== undefined) {
      event.preventDefault();
      const index = Math.min(last, Math.max(0, next));
      plot.setCursor({ left: plot.valToPos(plot.data[0][index], "x"), top: plot.over.clientHeight / 2 });
      showAt(index);
      announce(textAt(index));
    }
  });

  new ResizeObserver(() => { if (plot && place.clientWidth && Math.abs(plot.width - place.clientWidth) > 1) plot.setSize({ width: place.clientWidth, height: chartHeight() }); }).observe(place);
  draw();
  redraws.push(draw);
}

function verticalRange(low, high, fromZero) {
  if (!isNumber(low) || !isNumber(high)) return [0, 1];
  const bottom = fromZero ? Math.min(0, low) : low;
  const margin = 0.06 * (high - bottom || Math.abs(high) || 1);
  return [bottom === 0 ? 0 : bottom - margin, high + margin];
}

/** Different colours for so many layers, from the first to the last. */
const depthColors = count => Array.from({ length: count }, (_, index) => `--depth-of-${count}-${index}`);

/** Makes the colours of `depthColors` from the four that the style names. */
function defineDepthColors(count) {
  const stops = ["--depth-1", "--depth-2", "--depth-3", "--depth-4"].map(rgb);
  depthColors(count).forEach((name, index) => {
    const place = count < 2 ? 0 : 3 * index / (count - 1), stop = Math.min(2, Math.floor(place));
    document.documentElement.style.setProperty(name, `rgb(${blend(stops[stop], stops[stop + 1], place - stop).map(Math.round).join(" ")})`);
  });
}
