// What the report shows of its runs.
const runColor = index => `--run-${index + 1}`;
const runName = run => run.name;
const called = (run, what) => isPair ? `${runName(run)}: ${what}` : what[0].toUpperCase() + what.slice(1);
const span = run => Math.max(5, Math.round(run.steps.first.length / 25));
const last = (values, usable = isNumber) => values.filter(usable).at(-1) ?? null;
const stepColumns = run => [
  { label: "Step", values: run.steps.first, format: format.integer },
  ...(run.steps.stride > 1 ? [{ label: "Steps", values: run.steps.count, format: format.integer }] : []),
  { label: "Seconds", values: run.steps.elapsed },
];
const numbersOf = run => isPair ? runName(run) : "";
const isPlain = run => run.configuration.method === "plain";
const stepSeconds = run => {
  const { prefix, firstPass, secondPass, update, steps } = run.totals;
  return steps ? (prefix + firstPass + secondPass + update) / steps : null;
};

/** Series of each step, faint, and of their smoothed course. */
const course = (run, what, color, values, more = {}) => [
  { label: `${called(run, what)}, each step`, of: called(run, what), quiet: true, values, color, alpha: 0.28, width: 1, silent: true },
  { label: called(run, what), values: smooth(values, span(run)), color, ...more },
];

/** What is told of each run at the top: a title, a value with a remark of its own, a remark for all, and whether it applies. */
const tiles = [
  { title: "Accuracy", applies: run => accuraciesOf(run).length > 0, value: run => format.percent(last(accuraciesOf(run))), remark: run => accuraciesOf(run).length > 1 ? `from ${format.percent(accuraciesOf(run)[0])}` : null },
  { title: "Loss at the end", value: run => format.number(last(smooth(run.steps.loss, span(run)))), note: "smoothed" },
  { title: "Steps", value: run => format.integer(run.totals.steps), remark: run => run.totals.refused ? `${format.integer(run.totals.refused)} refused` : null, note: runs.some(run => run.totals.refused) ? null : "none refused" },
  { title: "Time of a step", applies: run => isNumber(stepSeconds(run)), value: run => format.seconds(stepSeconds(run)), note: "on average" },
  { title: "Cost of a step", applies: run => isNumber(run.totals.meanCost), value: run => format.factor(run.totals.meanCost), note: "in plain steps, estimated" },
  { title: "Trained in a step", applies: run => isNumber(run.totals.meanActiveShare), value: run => format.percent(run.totals.meanActiveShare), note: "of the parameters" },
];

/** Of the examples of the last evaluation, so that like is compared with like. */
const accuraciesOf = run => {
  const known = run.evaluations.filter(each => isNumber(each.accuracy));
  return known.filter(each => each.name === known.at(-1).name).map(each => each.accuracy);
};

function summary() {
  const started = new Date(runs[0].started).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  document.getElementById("subtitle").textContent = `${[...new Set(runs.map(run => run.configuration.model))].join(" and ")} · ${started}`;
  const place = document.getElementById("summary");
  for (const tile of tiles.filter(each => !each.applies || runs.some(each.applies))) {
    place.append(make("div", { class: `tile${isPair ? " pair" : ""}` }, make("h2", {}, tile.title),
      ...runs.map((run, index) => make("p", {},
        isPair ? swatch(`var(${runColor(index)})`) : null, isPair ? make("span", { class: "hidden" }, `${runName(run)}: `) : null,
        tile.value(run), tile.remark?.(run) ? make("small", {}, tile.remark(run)) : null)),
      tile.note ? make("small", {}, tile.note) : null));
  }
  if (isPair) place.after(make("ul", { class: "legend" }, ...runs.map((run, index) => make("li", {}, make("span", { class: "key" }, swatch(`var(${runColor(index)})`), runName(run))))));
}

function refusals() {
  const refused = runs.filter(run => run.totals.refused > 0);
  if (!refused.length) return;
  const part = panel("refused", "Refused steps", "Steps that met a loss or gradient that was not finite, or that depended on no active layer. The model stayed as it was.");
  part.root.classList.add("warning");
  for (const run of refused) addNumbers(part, [
    { label: "Step", values: run.refused.map(each => each.step), format: format.integer },
    { label: "Outcome", values: run.refused.map(each => each.outcome) },
    { label: "Report", values: run.refused.map(each => each.report) },
  ], numbersOf(run));
}

function losses() {
  const part = panel("loss", "Loss", "Of the batch of each step, faint, and smoothed; what evaluations found on other examples as dots.", true);
  lineChart(part, {
    label: "Loss over the steps",
    groups: () => runs.flatMap((run, index) => {
      const evaluated = run.evaluations.filter(each => isNumber(each.loss));
      const series = course(run, "training loss", runColor(index), run.steps.loss);
      return [
        { x: positions(run), series: run.steps.perturbedLoss.some(isNumber) ? [...series, { label: called(run, "at the perturbed weights"), values: smooth(run.steps.perturbedLoss, span(run)), color: runColor(index), width: 1.5, dash: [5, 4] }] : series },
        ...(evaluated.length ? [{ x: evaluationPositions(evaluated), series: [{ label: called(run, "evaluated"), values: evaluated.map(each => each.loss), color: runColor(index), dots: true }] }] : []),
      ];
    }),
  });
  for (const run of runs) addNumbers(part, [...stepColumns(run),
    { label: "Loss", values: run.steps.loss }, { label: "Lowest", values: run.steps.lowestLoss }, { label: "Highest", values: run.steps.highestLoss },
    { label: "At the perturbed weights", values: run.steps.perturbedLoss },
  ], numbersOf(run));
}

function accuracies() {
  const measured = runs.map(run => run.evaluations.filter(each => isNumber(each.accuracy)));
  if (!measured.some(each => each.length)) return;
  const part = panel("accuracy", "Accuracy", "The share of examples that the model got right when it was evaluated.", true);
  lineChart(part, {
    label: "Accuracy over the steps", value: format.percent,
    groups: () => runs.flatMap((run, index) => [...new Set(measured[index].map(each => each.name))].map((name, order) => {
      const points = measured[index].filter(each => each.name === name);
      return { x: evaluationPositions(points), series: [{ label: called(run, name), values: points.map(each => each.accuracy), color: runColor(index), points: true, dash: order ? [6, 4] : undefined }] };
    })),
  });
  runs.forEach((run, index) => measured[index].length && addNumbers(part, [
    { label: "Step", values: measured[index].map(each => each.step), format: format.integer },
    { label: "Seconds", values: measured[index].map(each => each.elapsed) },
    { label: "On", values: measured[index].map(each => each.name) },
    { label: "Accuracy", values: measured[index].map(each => each.accuracy), format: format.percent },
    { label: "Loss", values: measured[index].map(each => each.loss) },
  ], numbersOf(run)));
}

/** Whether there was nothing to choose: a map would have one colour. */
const choosesAlways = run => run.arms.every(arm => arm.active.every(share => share === 1) && arm.probability.every(each => each === 1));

function layers() {
  for (const [index, run] of runs.entries()) {
    if (!run.arms.length) continue;
    const part = panel(`layers-${index + 1}`, isPair ? `Layers of ${runName(run)}` : "Layers", choosesAlways(run) ? null : "With which probability each layer was to be chosen, and in which steps it was.");
    if (choosesAlways(run)) part.body.append(make("p", {}, "Every step trained every layer."));
    else {
      heatMap(part, run, numbersOf(run));
      heatLegend(part, run);
    }
    addNumbers(part, [...stepColumns(run), ...run.arms.flatMap(arm => [{ label: `${arm.name}: probability`, values: arm.probability }, { label: `${arm.name}: chosen`, values: arm.active }])], "the steps");
    addNumbers(part, [
      { label: "Layer", values: run.arms.map(arm => arm.name) },
      { label: "Parameters", values: run.arms.map(arm => arm.parameters), format: format.integer },
      { label: "Chosen", values: run.arms.map(arm => weightedMean(arm.active, run.steps.count)), format: format.percent },
      { label: "Perturbed", values: run.arms.map(arm => weightedMean(arm.perturbed, run.steps.count)), format: format.percent },
      { label: "Probability at the end", values: run.arms.map(arm => last(arm.probability)), format: format.percent },
      { label: "Mean gradient norm", values: run.arms.map(arm => mean(arm.gradientNorm)) },
    ], "the layers");
  }
}

function norms() {
  for (const [index, run] of runs.entries()) {
    const part = panel(`norms-${index + 1}`, isPair ? `Gradient norms of ${runName(run)}` : "Gradient norms", "Of each layer, in the first pass of the steps that chose it; grey: of all of them together.", true);
    const colors = depthColors(run.arms.length);
    const draw = () => defineDepthColors(run.arms.length);
    draw();
    redraws.push(draw);
    const all = run.steps.gradientNorm;
    lineChart(part, {
      label: `Gradient norms${isPair ? ` of ${runName(run)}` : ""} over the steps`, log: run.arms.some(arm => arm.gradientNorm.some(each => each > 0)),
      groups: () => [{
        x: positions(run), series: [
          { label: "together", values: smooth(all, span(run) / 2), color: "--reference", width: 1.5, dash: [5, 4] },
          ...run.arms.map((arm, row) => ({ label: arm.name, values: smooth(arm.gradientNorm, span(run) / 2), color: colors[row], width: 1.6 })),
        ],
      }],
    });
    addNumbers(part, [...stepColumns(run), { label: "Together", values: all }, { label: "Clipped", values: run.steps.clipped, format: format.percent }, { label: "Loss scale", values: run.steps.lossScale }, ...run.arms.map(arm => ({ label: arm.name, values: arm.gradientNorm }))]);
  }
}

function balancedness() {
  for (const [index, run] of runs.entries()) {
    if (!run.pairs.length) continue;
    const part = panel(`balancedness-${index + 1}`, isPair ? `Balancedness of ${runName(run)}` : "Balancedness of low-rank pairs", "(‖A‖² − ‖B‖²) / 2 of each pair: 0 where both factors are equally long.", true);
    const colors = depthColors(run.pairs.length);
    const draw = () => defineDepthColors(run.pairs.length);
    draw();
    redraws.push(draw);
    lineChart(part, {
      label: `Balancedness of ${run.pairs.length} pairs over the steps`,
      groups: () => [{ x: positions(run), series: run.pairs.map((pair, row) => ({ label: pair.name, values: pair.balancedness, color: colors[row], width: 1.6 })) }],
    });
    addNumbers(part, [...stepColumns(run), ...run.pairs.map(pair => ({ label: pair.name, values: pair.balancedness }))]);
  }
}

const phases = [
  ["prefix", "stages before the first active layer", "--prefix"],
  ["firstPass", "first pass", "--first-pass"],
  ["secondPass", "second pass", "--second-pass"],
  ["update", "update", "--update"],
];

function times() {
  if (!runs.some(run => run.steps.firstPass.some(isNumber))) return;
  const gpu = runs.some(run => run.environment.device.includes("cuda"));
  const part = panel("time", "Where the time went", `In all, then step by step.${gpu ? " On a GPU these are the times of the thread that issues the work: what is issued before a pass is waited for in it." : ""}`);
  const beside = [["between", "the training loop between steps", "--between"], ["evaluating", "evaluations", "--evaluating"]];
  for (const [index, run] of runs.entries()) {
    const parts = [...phases, ...beside].filter(([key]) => key !== "evaluating" || run.totals[key] > 0).map(([key, label, color]) => ({ key, label, color, value: run.totals[key] }));
    const whole = parts.reduce((sum, each) => sum + each.value, 0);
    part.body.append(make("div", { class: "stack" },
      isPair ? make("span", { class: "name" }, swatch(`var(${runColor(index)})`), runName(run)) : null,
      make("div", { class: "bars", role: "img", "aria-label": `${runName(run)}: ${parts.map(each => `${each.label} ${format.percent(each.value / whole)}`).join(", ")}` },
        ...parts.filter(each => each.value > 0).map(each => make("span", { style: { "--swatch": `var(${each.color})`, "flex-grow": String(each.value / whole) }, title: `${each.label}: ${format.seconds(each.value)}` }))),
      make("ul", { class: "legend" }, ...parts.map(each => make("li", {}, make("span", { class: "key" }, swatch(`var(${each.color})`), `${each.label} ${format.seconds(each.value)} (${format.percent(each.value / whole)})`))))));
  }
  for (const [index, run] of runs.entries()) {
    const half = make("div");
    part.body.append(half);
    lineChart({ ...part, body: half }, {
      label: `Seconds of each step${isPair ? ` of ${runName(run)}` : ""}`, value: format.seconds, fromZero: true, legend: false, height: 190, most: timeLimit(run),
      groups: () => [{ x: positions(run), series: stacked(run) }],
    });
    const beyond = run.steps.first.filter((_, point) => stepTotal(run, point) > timeLimit(run)).length;
    half.prepend(make("p", { class: "note" }, isPair ? swatch(`var(${runColor(index)})`) : null, `${isPair ? ` ${runName(run)}, each step` : "Each step"}${beyond ? `; ${beyond} of ${run.steps.first.length} took longer than is drawn` : ""}`));
    addNumbers(part, [...stepColumns(run), ...[...phases, ["between", "between steps"]].map(([key, label]) => ({ label, values: run.steps[key], format: format.seconds }))], numbersOf(run));
  }
}

const stepTotal = (run, point) => phases.reduce((sum, [key]) => sum + (run.steps[key][point] ?? 0), 0);

/** The longest time that is drawn: a few steps that something held up would flatten all others. */
function timeLimit(run) {
  const sorted = run.steps.first.map((_, point) => stepTotal(run, point)).sort((a, b) => a - b);
  const usual = sorted[Math.floor(0.95 * (sorted.length - 1))];
  return sorted.at(-1) > 2 * usual ? 1.4 * usual : sorted.at(-1);
}

/** Areas on top of each other: the sums are drawn from the highest down. */
function stacked(run) {
  const sums = run.steps.first.map(() => 0);
  return phases.map(([key, label, color]) => {
    run.steps[key].forEach((value, point) => { sums[point] += value ?? 0; });
    return { label, color, values: [...sums], actual: run.steps[key], fill: true, width: 0.5 };
  }).reverse();
}

function costs() {
  const part = panel("cost", "Cost against AdamW", "The passes of a step as a multiple of a plain step that trains every layer, by the layers' costs: each step faint, their mean so far.", true);
  const seconds = runs.map(stepSeconds);
  const plain = runs.findIndex(isPlain);
  lineChart(part, {
    label: "Cost in plain steps", value: format.factor, fromZero: true,
    groups: () => {
      const ends = [0, 1].map(end => Math[end ? "max" : "min"](...runs.map(run => positions(run)[end ? positions(run).length - 1 : 0])));
      return [
        ...runs.map((run, index) => ({ x: positions(run), series: [
          { label: `${called(run, "mean so far")}, each step`, of: called(run, "mean so far"), quiet: true, silent: true, values: run.steps.cost, color: runColor(index), alpha: 0.28, width: 1 },
          { label: called(run, "mean so far"), values: meanSoFar(run), color: runColor(index) },
        ] })),
        { x: ends, series: [{ label: "a plain step of every layer", values: [1, 1], color: "--reference", width: 1.2, dash: [2, 4], silent: true }, { label: "a SAM step", values: [2, 2], color: "--reference", width: 1.2, dash: [8, 5], silent: true }] },
      ];
    },
  });
  if (isPair && plain >= 0 && seconds.every(isNumber) && !isPlain(runs[1 - plain]))
    part.body.append(make("p", { class: "note" }, `Measured: a step of ${runName(runs[1 - plain])} took ${format.seconds(seconds[1 - plain])}, one of ${runName(runs[plain])} ${format.seconds(seconds[plain])}: ${format.factor(seconds[1 - plain] / seconds[plain])}.`));
  for (const run of runs) addNumbers(part, [...stepColumns(run),
    { label: "Cost", values: run.steps.cost }, { label: "Share of the parameters", values: run.steps.activeShare, format: format.percent }, { label: "First active stage", values: run.steps.firstActiveStage },
  ], numbersOf(run));
}

function meanSoFar(run) {
  let sum = 0, count = 0;
  return run.steps.cost.map((value, point) => {
    if (isNumber(value)) { sum += value * run.steps.count[point]; count += run.steps.count[point]; }
    return count ? sum / count : null;
  });
}

function learningRates() {
  const part = panel("rates", "Learning rates", "Of the layers; those whose rates are the same throughout share a line.", true);
  const name = group => group.layers.length > 2 ? `${group.layers[0]} and ${group.layers.length - 1} more` : group.layers.join(", ");
  lineChart(part, {
    label: "Learning rates over the steps", fromZero: true,
    groups: () => runs.map((run, index) => ({ x: positions(run), series: run.learningRates.map((group, order) => ({ label: isPair ? `${runName(run)}: ${name(group)}` : name(group), values: group.values, color: runColor(index), dash: [undefined, [7, 4], [2, 3]][order % 3], ...(isPair && !index ? { alpha: 0.45, width: 5 } : { width: 1.8 }) })) })),
  });
  for (const run of runs) addNumbers(part, [...stepColumns(run), ...run.learningRates.map(group => ({ label: group.layers.join(" "), values: group.values }))], numbersOf(run));
}

/** Nested values as lines of path and text. */
function flatten(value, path = "") {
  if (value === null || typeof value !== "object") return [[path, value === null ? "none" : typeof value === "boolean" ? (value ? "yes" : "no") : String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

function facts(id, title, of) {
  const part = panel(id, title, null, true);
  const all = runs.map(run => new Map(of(run).filter(([key]) => key)));
  const keys = [...new Set(all.flatMap(each => [...each.keys()]))];
  part.body.append(make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title }, make("table", { class: "facts" },
    isPair ? make("thead", {}, make("tr", {}, make("th", { scope: "col" }, ""), ...runs.map(run => make("th", { scope: "col" }, runName(run))))) : null,
    make("tbody", {}, ...keys.map(key => {
      const texts = all.map(each => each.get(key) ?? missing);
      return make("tr", { class: new Set(texts).size > 1 ? "differs" : null }, make("th", { scope: "row" }, key), ...texts.map(text => make("td", {}, text)));
    })))));
  addNumbers(part, [{ label: "Setting", values: keys }, ...runs.map((run, index) => ({ label: runName(run), values: keys.map(key => all[index].get(key) ?? "") }))]);
}

const environmentNames = {
  slSam: "SlSam", torch: "libtorch", runtime: "runtime", operatingSystem: "operating system", architecture: "architecture", processors: "processors",
  threads: "threads of an operator", device: "device of the weights", elementType: "type of the weights",
};

function configuration() {
  facts("configuration", "Configuration", run => flatten({ model: run.configuration.model, ...run.configuration.settings, method: run.configuration.method, ...(run.configuration.options ?? {}), "update rule": run.configuration.rule, ...run.configuration.ruleSettings }));
  facts("environment", "Environment", run => Object.entries(environmentNames).map(([key, name]) => [name, String(run.environment[key])]));
}

/** A panel of half a row takes all of it where it would stand alone. */
function fillRows() {
  let open = null;
  for (const part of report.querySelectorAll(".panel")) {
    if (!part.classList.contains("half")) { open?.classList.remove("half"); open = null; }
    else open = open ? null : part;
  }
  open?.classList.remove("half");
}

/** Everything is drawn anew in the colours and on the axis that are chosen. */
function redraw() { redraws.forEach(draw => draw()); }

function settings() {
  const storage = (() => { try { return window.localStorage; } catch { return null; } })();
  const key = "slsam-report-theme";
  const choose = theme => {
    if (theme === "auto") delete document.documentElement.dataset.theme; else document.documentElement.dataset.theme = theme;
    redraw();
  };
  const stored = storage?.getItem(key);
  for (const input of document.querySelectorAll("#theme input")) {
    input.checked = input.value === (["light", "dark"].includes(stored) ? stored : "auto");
    input.addEventListener("change", () => { storage?.setItem(key, input.value); choose(input.value); });
    if (input.checked && input.value !== "auto") document.documentElement.dataset.theme = input.value;
  }
  for (const input of document.querySelectorAll("#axis input")) input.addEventListener("change", () => { axis = input.value; redraw(); });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
}

settings();
summary();
refusals();
if (runs.every(run => run.steps.first.length > 0)) {
  losses();
  accuracies();
  layers();
  costs();
  learningRates();
  times();
  norms();
  balancedness();
} else {
  panel("none", "No steps", "A run of this report has recorded no step.");
}
configuration();
fillRows();
document.documentElement.dataset.ready = "yes";
