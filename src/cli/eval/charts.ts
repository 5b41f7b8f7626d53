/** Charts as SVG text; their colors are the page's CSS variables, so that they follow its light and dark. */

const WIDTH = 520;
const HEIGHT = 360;
const MARGIN = { left: 64, right: 16, top: 16, bottom: 48 };
const PLOT_WIDTH = WIDTH - MARGIN.left - MARGIN.right;
const PLOT_HEIGHT = HEIGHT - MARGIN.top - MARGIN.bottom;
const TICKS = 5;

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/gu, (mark) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[mark] ?? "&quot;");

/** A round number not below the value, so that the ticks are round too. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-9)));
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

const at = (value: number): string => value.toFixed(1);

interface Axes {
  maxX: number;
  maxY: number;
  labelX: string;
  labelY: string;
  format: (value: number) => string;
}

const xOf = (value: number, { maxX }: Axes): number => MARGIN.left + (value / maxX) * PLOT_WIDTH;
const yOf = (value: number, { maxY }: Axes): number => MARGIN.top + PLOT_HEIGHT - (value / maxY) * PLOT_HEIGHT;

const text = (x: number, y: number, anchor: string, content: string, more = ""): string =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" ${more}>${escapeHtml(content)}</text>`;

function drawAxes(axes: Axes): string {
  const bottom = MARGIN.top + PLOT_HEIGHT;
  const steps = Array.from({ length: TICKS + 1 }, (_, step) => step / TICKS);
  const ticks = steps.flatMap((step) => {
    const x = xOf(step * axes.maxX, axes);
    const y = yOf(step * axes.maxY, axes);
    return [
      `<line class="grid" x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${at(y)}" y2="${at(y)}"/>`,
      text(x, bottom + 18, "middle", axes.format(step * axes.maxX)),
      text(MARGIN.left - 8, y + 4, "end", axes.format(step * axes.maxY)),
    ];
  });
  const middle = MARGIN.top + PLOT_HEIGHT / 2;
  return [
    ...ticks,
    text(MARGIN.left + PLOT_WIDTH / 2, HEIGHT - 8, "middle", axes.labelX, 'class="label"'),
    text(14, middle, "middle", axes.labelY, `class="label" transform="rotate(-90 14 ${at(middle)})"`),
  ].join("");
}

const svg = (title: string, content: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${content}</svg>`;

/** The line on which the estimate is the truth. */
const diagonal = (axes: Axes): string => {
  const end = Math.min(axes.maxX, axes.maxY);
  return `<line class="ideal" x1="${at(xOf(0, axes))}" y1="${at(yOf(0, axes))}" x2="${at(xOf(end, axes))}" y2="${at(yOf(end, axes))}"/>`;
};

export interface ScatterPoint {
  name: string;
  truth: number;
  estimated: number;
  range: readonly [number, number] | null;
}

/** Estimates over the truth, with their ranges where they are stated. */
export function scatterChart(title: string, unit: string, points: readonly ScatterPoint[]): string {
  const values = points.flatMap(({ truth, estimated, range }) => [truth, estimated, range?.[1] ?? 0]);
  const max = roundUp(Math.max(1, ...values));
  const axes: Axes = {
    maxX: max,
    maxY: max,
    labelX: `true, ${unit}`,
    labelY: `estimated, ${unit}`,
    format: (value) => String(Math.round(value)),
  };
  const marks = points.map(({ name, truth, estimated, range }) => {
    const x = at(xOf(truth, axes));
    const bar =
      range === null
        ? ""
        : `<line class="range" x1="${x}" x2="${x}" y1="${at(yOf(range[0], axes))}" y2="${at(yOf(range[1], axes))}"/>`;
    const hint = `${name}: ${Math.round(estimated)} for ${Math.round(truth)} ${unit}`;
    return `${bar}<circle class="point" cx="${x}" cy="${at(yOf(estimated, axes))}" r="4"><title>${escapeHtml(hint)}</title></circle>`;
  });
  return svg(title, drawAxes(axes) + diagonal(axes) + marks.join(""));
}

export interface ChartBar {
  from: number;
  to: number;
  value: number;
  hint: string;
}

/** Bars of 0–1 over 0–1, with the line on which what is stated is so. */
export function shareChart(title: string, labelX: string, labelY: string, bars: readonly ChartBar[]): string {
  const axes: Axes = { maxX: 1, maxY: 1, labelX, labelY, format: (value) => value.toFixed(1) };
  const drawn = bars.map(({ from, to, value, hint }) => {
    const [left, right, top] = [xOf(from, axes) + 2, xOf(to, axes) - 2, yOf(value, axes)];
    const height = Math.max(2, yOf(0, axes) - top);
    return `<rect class="bar" x="${at(left)}" y="${at(yOf(0, axes) - height)}" width="${at(right - left)}" height="${at(height)}"><title>${escapeHtml(hint)}</title></rect>`;
  });
  return svg(title, drawAxes(axes) + drawn.join("") + diagonal(axes));
}

/** How many values lie in each of some equal steps from 0 to `max`; what is above counts in the last. */
export function histogram(
  title: string,
  labelX: string,
  values: readonly number[],
  { max, steps }: { max: number; steps: number },
): string {
  const counts = Array.from({ length: steps }, () => 0);
  for (const value of values) {
    const step = Math.min(steps - 1, Math.floor((value / max) * steps));
    counts[step] = (counts[step] ?? 0) + 1;
  }
  const axes: Axes = {
    maxX: max,
    maxY: roundUp(Math.max(TICKS, ...counts)),
    labelX,
    labelY: "meals",
    format: (value) => String(Math.round(value)),
  };
  const drawn = counts.map((count, step) => {
    const [left, right, top] = [
      xOf((step * max) / steps, axes),
      xOf(((step + 1) * max) / steps, axes),
      yOf(count, axes),
    ];
    return `<rect class="bar" x="${at(left + 1)}" y="${at(top)}" width="${at(right - left - 2)}" height="${at(yOf(0, axes) - top)}"><title>${count}</title></rect>`;
  });
  return svg(title, drawAxes(axes) + drawn.join(""));
}
