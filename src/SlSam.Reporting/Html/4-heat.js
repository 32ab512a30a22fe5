// The heat map of layers over steps: how probable each was, and which were chosen.
function heatMap(panel, run, name) {
  const arms = run.arms, points = run.steps.first.length;
  const share = arms.map(arm => weightedMean(arm.active, run.steps.count));
  const rowHeight = arms.length > 60 ? 9 : arms.length > 28 ? 14 : 22;
  const canvas = make("canvas", { "aria-hidden": "true" }), picture = make("canvas");
  const place = make("div", {
    class: "chart heat", tabindex: "0", role: "group", "aria-roledescription": "heat map",
    "aria-label": `Probability of ${arms.length} layers over ${run.totals.steps} steps${name ? ` of ${name}` : ""}. Arrow keys move over steps and layers.`,
  }, canvas);
  const readout = make("output", { class: "readout", "aria-live": "off" });
  panel.body.append(place, readout);
  const [lowest, highest] = probabilityRange(arms);
  let at = null, plot = { left: 0, width: 1, columns: 1 };

  /** Means over the points that share a column of pixels. */
  function column(values, index) {
    const from = Math.floor(index * points / plot.columns), to = Math.max(from + 1, Math.floor((index + 1) * points / plot.columns));
    return mean(values.slice(from, to)) ?? 0;
  }

  /** Draws the picture anew; what moves over it is marked on a copy. */
  function draw() {
    const width = Math.max(240, place.clientWidth), height = arms.length * rowHeight + 26;
    const scale = window.devicePixelRatio || 1;
    picture.width = canvas.width = Math.round(width * scale);
    picture.height = canvas.height = Math.round(height * scale);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const context = picture.getContext("2d");
    context.scale(scale, scale);
    context.font = `${Math.min(12, rowHeight)}px system-ui, sans-serif`;
    const labels = Math.min(0.3 * width, 12 + Math.max(...arms.map(arm => context.measureText(arm.name).width)));
    const shares = width < 420 ? 0 : 130;
    plot = { left: labels, width: width - labels - shares - 4 };
    plot.columns = Math.max(1, Math.min(points, Math.floor(plot.width)));
    cells(context);
    names(context, labels);
    if (shares) bars(context, plot.left + plot.width + 10, shares - 14);
    ticks(context, arms.length * rowHeight);
    mark();
  }

  function cells(context) {
    const low = rgb("--heat-low"), high = rgb("--heat-high"), chosen = rgb("--chosen");
    const gap = rowHeight > 12 ? 2 : 1;
    arms.forEach((arm, row) => {
      const top = row * rowHeight, inner = rowHeight - gap;
      for (let index = 0; index < plot.columns; index++) {
        const left = plot.left + index * plot.width / plot.columns, right = plot.left + (index + 1) * plot.width / plot.columns;
        const wide = right - left, cellWidth = wide > 5 ? wide - 1 : wide + 0.3;
        context.fillStyle = `rgb(${blend(low, high, (column(arm.probability, index) - lowest) / (highest - lowest)).map(Math.round).join(" ")})`;
        context.fillRect(left, top, cellWidth, inner);
        const active = column(arm.active, index), perturbed = column(arm.perturbed, index);
        if (active > 0) {
          const bar = Math.max(2, Math.round(0.36 * inner));
          context.fillStyle = `rgb(${chosen.join(" ")} / ${0.25 + 0.75 * active})`;
          if (perturbed > 0 || !run.steps.perturbedLoss.some(isNumber)) context.fillRect(left, top + (inner - bar) / 2, cellWidth, bar);
          else context.fillRect(left, top + inner / 2 - 1, cellWidth, 2);
        }
      }
    });
  }

  function names(context, width) {
    context.fillStyle = paint("--ink-soft");
    context.textBaseline = "middle";
    context.textAlign = "left";
    const every = Math.ceil(11 / rowHeight), whole = arms.map(arm => arm.name);
    const fit = whole.every(name => context.measureText(name).width <= width - 8) ? whole : distinctParts(whole);
    fit.forEach((name, row) => { if (row % every === 0) context.fillText(fitting(context, name, width - 8), 0, row * rowHeight + rowHeight / 2); });
  }

  function bars(context, left, width) {
    arms.forEach((_, row) => {
      const top = row * rowHeight + 0.25 * rowHeight, tall = Math.max(2, 0.4 * rowHeight);
      context.fillStyle = paint("--sunken");
      context.fillRect(left, top, width - 44, tall);
      context.fillStyle = paint("--chosen");
      context.fillRect(left, top, (width - 44) * (share[row] ?? 0), tall);
      context.fillStyle = paint("--ink-soft");
      context.textAlign = "right";
      if (rowHeight >= 12) context.fillText(`${Math.round(100 * (share[row] ?? 0))} %`, left + width, row * rowHeight + rowHeight / 2);
    });
  }

  function ticks(context, top) {
    context.font = "12px system-ui, sans-serif";
    context.fillStyle = paint("--ink-soft");
    context.textBaseline = "top";
    const count = Math.max(1, Math.min(points, Math.floor(plot.width / 90)));
    for (let tick = 0; tick <= count; tick++) {
      const point = Math.min(points - 1, Math.round(tick * (points - 1) / count));
      context.textAlign = tick === 0 ? "left" : tick === count ? "right" : "center";
      context.fillText(format.integer(run.steps.first[point]), plot.left + (tick === 0 ? 0 : tick === count ? plot.width : (point + 0.5) * plot.width / points), top + 8);
    }
  }

  function mark() {
    const context = canvas.getContext("2d"), scale = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0);
    if (!at) return;
    context.scale(scale, scale);
    const left = plot.left + at.point * plot.width / points, wide = Math.max(3, plot.width / points);
    context.strokeStyle = paint("--ink");
    context.lineWidth = 1.5;
    context.strokeRect(left - 0.5, at.row * rowHeight - 0.5, wide, rowHeight - 1);
  }

  function text({ row, point }) {
    const arm = arms[row], { first, count } = run.steps;
    const steps = count[point] > 1 ? `Steps ${format.integer(first[point])} to ${format.integer(first[point] + count[point] - 1)}` : `Step ${format.integer(first[point])}`;
    const active = arm.active[point];
    const chosen = count[point] > 1 ? `chosen in ${format.percent(active)}` : active ? arm.perturbed[point] ? "chosen and perturbed" : "chosen" : "not chosen";
    const norm = isNumber(arm.gradientNorm[point]) ? ` · gradient norm ${format.number(arm.gradientNorm[point])}` : "";
    return `${arm.name} · ${steps} · probability ${format.percent(arm.probability[point])} · ${chosen}${norm}`;
  }

  function show(next) {
    at = next;
    readout.textContent = at ? text(at) : "";
    mark();
  }

  place.addEventListener("pointermove", event => {
    const box = canvas.getBoundingClientRect();
    const row = Math.floor((event.clientY - box.top) / rowHeight), point = Math.floor((event.clientX - box.left - plot.left) * points / plot.width);
    show(row >= 0 && row < arms.length && point >= 0 && point < points ? { row, point } : null);
  });
  place.addEventListener("pointerleave", () => show(null));
  place.addEventListener("keydown", event => {
    const move = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0], Home: [0, -points], End: [0, points] }[event.key];
    if (event.key === "Escape") show(null);
    if (!move) return;
    event.preventDefault();
    const stride = event.shiftKey ? 10 : 1, from = at ?? { row: 0, point: 0 };
    const step = at ? stride : 0;
    show({ row: clamp(from.row + step * move[0], arms.length), point: clamp(from.point + step * move[1], points) });
    announce(text(at));
  });
  const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));

  new ResizeObserver(() => draw()).observe(place);
  draw();
  redraws.push(draw);
}

/** Names without what they all begin and end with, where that is long. */
function distinctParts(names) {
  const common = at => { let length = 0; while (names.every(name => length < name.length && at(name, length) === at(names[0], length))) length++; return length; };
  const start = common((name, place) => name[place]), end = Math.min(common((name, place) => name.at(-1 - place)), Math.min(...names.map(name => name.length)) - start);
  return names.map(name => `${start > 2 ? "…" : name.slice(0, start)}${name.slice(start, name.length - end)}${end > 2 ? "…" : name.slice(name.length - end)}`);
}

/** A text that fits, with its end cut off where it does not. */
function fitting(context, text, width) {
  if (context.measureText(text).width <= width) return text;
  let length = text.length;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > width) length--;
  return `${text.slice(0, length)}…`;
}

/** The probabilities that the lightest and the darkest colour stand for: those that occur, but never so close that chance looks like a course. */
function probabilityRange(arms) {
  const all = arms.flatMap(arm => arm.probability).filter(isNumber);
  const [low, high] = all.reduce(([least, most], each) => [Math.min(least, each), Math.max(most, each)], [1, 0]);
  const margin = Math.max(0, 0.1 - (high - low)) / 2;
  return [Math.max(0, low - margin), Math.min(1, high + margin)];
}

/** What the colours of a heat map mean. */
function heatLegend(panel, run) {
  const [low, high] = probabilityRange(run.arms);
  panel.body.append(make("ul", { class: "legend" },
    make("li", {}, make("span", { class: "key" }, make("span", { class: "swatch", style: { "--swatch": "linear-gradient(90deg, var(--heat-low), var(--heat-high))", width: "3.5rem", border: "1px solid var(--line)" } }), `probability ${format.percent(low)} to ${format.percent(high)}`)),
    make("li", {}, make("span", { class: "key" }, make("span", { class: "swatch", style: { "--swatch": "var(--chosen)", height: "0.35rem" } }), "chosen in that step (thin: updated, not perturbed)")),
    make("li", { class: "wide" }, make("span", { class: "key" }, "Right: the share of steps in which a layer was chosen."))));
}
