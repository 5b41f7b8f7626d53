import { escapeHtml, histogram, scatterChart, shareChart, type ScatterPoint } from "./charts.ts";
import {
  CALIBRATION_PROCEDURE,
  COUNTING,
  mealFigures,
  percent,
  photoFigures,
  rounded,
  type Figure,
} from "./figures.ts";
import type { MealsReport } from "./run-meals.ts";
import type { PhotosReport } from "./run-photos.ts";

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7a; --paper: #fbfcfd; --line: #dde4ea; --mark: #1f7a5c; --ideal: #c2571a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9aa8b5; --paper: #12181e; --line: #2b3640; --mark: #4cc79b; --ideal: #f0a062; }
}
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1rem 4rem; font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.5rem 0 .75rem; } p { color: var(--soft); max-width: 48rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td, th { padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; } .note { color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: .25rem; } .scroll { overflow-x: auto; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; } svg text { fill: var(--soft); } svg .label { fill: var(--ink); }
.grid { stroke: var(--line); } .ideal { stroke: var(--ideal); stroke-width: 1.5; stroke-dasharray: 5 4; }
.point { fill: var(--mark); fill-opacity: .75; } .range { stroke: var(--mark); stroke-opacity: .35; stroke-width: 3; } .bar { fill: var(--mark); fill-opacity: .75; }
`;

/** Errors above this share are drawn in the last bar. */
const MAX_ERROR_PERCENT = 100;
const ERROR_STEPS = 20;

const cell = (content: string, kind = ""): string => `<td${kind && ` class="${kind}"`}>${escapeHtml(content)}</td>`;

const figureTable = (figures: readonly Figure[]): string =>
  `<table>${figures.map(({ name, value, note }) => `<tr>${cell(name)}${cell(value, "number")}${cell(note, "note")}</tr>`).join("")}</table>`;

/** `head` names the columns; those in `numbers` are aligned to the right. */
function dataTable(head: readonly string[], numbers: readonly number[], rows: readonly (readonly string[])[]): string {
  const kind = (column: number): string => (numbers.includes(column) ? "number" : "");
  const top = head.map((name, column) => `<th class="${kind(column)}">${escapeHtml(name)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((content, column) => cell(content, kind(column))).join("")}</tr>`);
  return `<div class="scroll"><table><tr>${top}</tr>${body.join("")}</table></div>`;
}

const figure = (caption: string, chart: string): string =>
  `<figure><figcaption>${escapeHtml(caption)}</figcaption>${chart}</figure>`;

function energyCharts(points: readonly ScatterPoint[]): string[] {
  if (points.length === 0) return [];
  const errors = points
    .filter(({ truth }) => truth > 0)
    .map(({ truth, estimated }) => (Math.abs(estimated - truth) / truth) * 100);
  return [
    figure("Energy: estimated over true", scatterChart("Energy, estimated over true", "kcal", points)),
    figure(
      "Energy: error per meal",
      histogram("Energy, error per meal", "error, % of the truth", errors, {
        max: MAX_ERROR_PERCENT,
        steps: ERROR_STEPS,
      }),
    ),
  ];
}

function photosBody(report: PhotosReport): string {
  const points = report.rows.flatMap(({ photo, answer }): ScatterPoint[] =>
    photo.truth.kcal === null || answer.kcal === null
      ? []
      : [{ name: photo.name, truth: photo.truth.kcal, estimated: answer.kcal, range: answer.kcalRange }],
  );
  const bars = report.reliability.map(({ from, to, right, count }) => ({
    from,
    to,
    value: right,
    hint: `${percent(right)} of ${count} names`,
  }));
  const reliability = figure(
    "Confidence: accuracy",
    shareChart("Share of correct names by stated confidence", "stated confidence", "share correct", bars),
  );
  const rows = report.rows.map(({ photo, answer, judged }) => [
    photo.name,
    photo.labels.join(", ") || "no food",
    answer.dishName ?? answer.outcome,
    judged.first.isSame
      ? "right"
      : judged.first.isKind
        ? "its kind"
        : judged.hasFood === judged.isAnswered
          ? ""
          : "wrong",
    rounded(photo.truth.kcal, 0),
    answer.kcalRange === null ? rounded(answer.kcal, 0) : `${rounded(answer.kcal, 0)} (${answer.kcalRange.join("–")})`,
    rounded(answer.confidence, 2),
    rounded(answer.seconds, 2),
  ]);
  return [
    figureTable(photoFigures(report)),
    `<p>${escapeHtml(COUNTING.join(" "))}</p>`,
    "<h2>Charts</h2>",
    `<div class="charts">${[...energyCharts(points), ...(bars.length > 0 ? [reliability] : [])].join("")}</div>`,
    "<h2>Calibration</h2>",
    `<p>${escapeHtml(CALIBRATION_PROCEDURE.join(" "))}</p>`,
    dataTable(
      ["stated", "corrected", "names"],
      [0, 1, 2],
      report.calibration.map(({ stated, corrected, count }) => [
        rounded(stated, 2),
        rounded(corrected, 2),
        String(count),
      ]),
    ),
    "<h2>Photos</h2>",
    dataTable(["photo", "shows", "answer", "", "true kcal", "estimated", "confidence", "s"], [4, 5, 6, 7], rows),
  ].join("");
}

function mealsBody(report: MealsReport): string {
  const points = report.rows.flatMap(({ meal, estimated }): ScatterPoint[] =>
    meal.truth.kcal === null
      ? []
      : [{ name: meal.name, truth: meal.truth.kcal, estimated: estimated.kcal, range: null }],
  );
  const rows = report.rows.map(({ meal, estimated, foods }) => [
    meal.name,
    foods.map(({ name, match }) => (match === null ? `${name} (none)` : name)).join(", "),
    rounded(meal.truth.kcal, 0),
    rounded(estimated.kcal, 0),
    meal.truth.kcal === null ? "" : percent(Math.abs(estimated.kcal - meal.truth.kcal) / meal.truth.kcal),
  ]);
  const unmatched = report.unmatched.map(({ name, count, grams }) => [name, String(count), rounded(grams, 0)]);
  return [
    figureTable(mealFigures(report)),
    "<h2>Charts</h2>",
    `<div class="charts">${energyCharts(points).join("")}</div>`,
    ...(unmatched.length === 0
      ? []
      : ["<h2>Names that match no food</h2>", dataTable(["name", "times", "g"], [1, 2], unmatched)]),
    "<h2>Meals</h2>",
    dataTable(["meal", "ingredients", "true kcal", "computed", "error"], [2, 3, 4], rows),
  ].join("");
}

/** One page without anything from outside; `source` says what was evaluated. */
export function reportHtml(report: PhotosReport | MealsReport, source: string): string {
  const title = report.kind === "photos" ? "Morsel on photos" : "Morsel on meals with known ingredients";
  const body = report.kind === "photos" ? photosBody(report) : mealsBody(report);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${STYLE}</style></head>
<body><h1>${title}</h1><p>${escapeHtml(source)}</p>${body}</body></html>
`;
}
