// Numbers as text.
const missing = "–";

const isNumber = value => typeof value === "number" && Number.isFinite(value);

const format = {
  number(value) {
    if (!isNumber(value)) return missing;
    const size = Math.abs(value);
    if (size !== 0 && (size < 1e-3 || size >= 1e6)) return value.toExponential(2).replace("e+", "e");
    return size >= 1000 ? Math.round(value).toLocaleString("en") : String(Number(value.toPrecision(4)));
  },
  integer: value => isNumber(value) ? Math.round(value).toLocaleString("en") : missing,
  percent: value => isNumber(value) ? `${(100 * value).toFixed(1)} %` : missing,
  factor: value => isNumber(value) ? `${value.toFixed(2)}×` : missing,
  seconds(value) {
    if (!isNumber(value)) return missing;
    if (value < 1e-3) return `${format.number(1e6 * value)} µs`;
    if (value < 1) return `${format.number(1e3 * value)} ms`;
    if (value < 120) return `${Number(value.toPrecision(3))} s`;
    const minutes = Math.floor(value / 60);
    return minutes < 120 ? `${minutes} min ${Math.round(value % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  },
};

const mean = values => {
  const known = values.filter(isNumber);
  return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
};

/** The mean of values, each of which stands for so many steps. */
const weightedMean = (values, counts) => {
  let sum = 0, count = 0;
  values.forEach((value, index) => { if (isNumber(value)) { sum += value * counts[index]; count += counts[index]; } });
  return count ? sum / count : null;
};

/** An exponential mean over about so many values, without the pull of a first value; nothing where there is no value. */
function smooth(values, span) {
  const keep = 1 - 1 / Math.max(1, span);
  let sum = 0, weight = 0;
  return values.map(value => {
    if (!isNumber(value)) return null;
    sum = keep * sum + value;
    weight = keep * weight + 1;
    return sum / weight;
  });
}
