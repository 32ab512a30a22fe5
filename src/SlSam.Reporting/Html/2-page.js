// The parts that all panels are made of.
const runs = JSON.parse(document.getElementById("runs").textContent);
const report = document.getElementById("report");
const isPair = runs.length > 1;
const redraws = [];

/** Makes an element: properties that are no attributes, such as listeners, are set as they are. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.entries(value).forEach(([key, text]) => element.style.setProperty(key, text));
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

const swatch = (color, kind = "") => make("span", { class: `swatch ${kind}`, style: { "--swatch": color }, "aria-hidden": "true" });

const probe = make("span", { class: "hidden", "aria-hidden": "true" });
document.body.append(probe);

/** A custom property's colour as it is now, in red, green and blue. */
function rgb(name) {
  probe.style.color = `var(${name})`;
  return getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map(Number);
}

const paint = (name, alpha = 1) => `rgb(${rgb(name).join(" ")} / ${alpha})`;

const blend = (low, high, share) => low.map((value, index) => value + share * (high[index] - value));

const announcer = document.getElementById("announcer");
const announce = text => { announcer.textContent = text; };

/** A panel with a title, room for charts, and the numbers behind them. */
function panel(id, title, note, half = false) {
  const body = make("div", { class: "body" });
  const root = make("section", { class: `panel${half ? " half" : ""}`, id, "aria-labelledby": `${id}-title` },
    make("header", {}, make("h2", { id: `${id}-title` }, title)),
    note ? make("p", { class: "note" }, note) : null,
    body);
  report.append(root);
  return { id, root, body, title };
}

/** Columns as a table that is made when it is opened, and as a file. A column is a label, values and a format. */
function addNumbers(panel, columns, name = "") {
  const rows = Math.max(0, ...columns.map(column => column.values.length));
  const place = make("div");
  const fileName = `${panel.id}${name && `-${name.replace(/[^\w.-]+/g, "-")}`}.csv`;
  const details = make("details", { class: "numbers" },
    make("summary", {}, name ? `Numbers of ${name}` : "Numbers"),
    make("div", { class: "bar" },
      make("button", { type: "button", onclick: () => download(fileName, columns, rows) }, "Save as CSV"),
      make("span", {}, rows > shownRows ? `Every ${Math.ceil(rows / shownRows)}th of ${rows} rows is shown; the file has all.` : `${rows} rows`)),
    place);
  details.addEventListener("toggle", () => { if (details.open && !place.firstChild) place.append(table(columns, rows, panel.title)); });
  panel.root.append(details);
}

const shownRows = 250;

function table(columns, rows, caption) {
  const body = make("tbody");
  const stride = Math.max(1, Math.ceil(rows / shownRows));
  for (let row = 0; row < rows; row += stride)
    body.append(make("tr", {}, ...columns.map((column, index) => make(index ? "td" : "th", index ? {} : { scope: "row" }, cell(column, row)))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Numbers: ${caption}` },
    make("table", {}, make("caption", { class: "hidden" }, caption),
      make("thead", {}, make("tr", {}, ...columns.map(column => make("th", { scope: "col" }, column.label)))), body));
}

const cell = (column, row) => {
  const value = column.values[row];
  return value === null || value === undefined ? missing : typeof value === "string" ? value : (column.format ?? format.number)(value);
};

function csv(columns, rows) {
  const quote = text => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [columns.map(column => quote(column.label)).join(",")];
  for (let row = 0; row < rows; row++) lines.push(columns.map(column => quote(String(column.values[row] ?? ""))).join(","));
  return `${lines.join("\r\n")}\r\n`;
}

function download(fileName, columns, rows) {
  const address = URL.createObjectURL(new Blob([csv(columns, rows)], { type: "text/csv" }));
  make("a", { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
