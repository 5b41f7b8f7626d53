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

const MAX_LISTED_NAMES = 15;

/** Cells in columns; the columns whose number is listed are aligned to the right. */
function table(lines: readonly (readonly string[])[], right: readonly number[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const figureTable = (figures: readonly Figure[]): string =>
  table(
    figures.map(({ name, value, note }) => [name, value, note]),
    [1],
  );

function outcomes({ rows }: PhotosReport): string {
  const counts = new Map<string, number>();
  for (const { answer } of rows) counts.set(answer.outcome, (counts.get(answer.outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(", ");
}

function photosText(report: PhotosReport): string {
  const head = ["confidence", "names", "stated", "right"];
  const lines = report.reliability.map(({ from, to, count, stated, right }) => [
    `${rounded(from)}–${rounded(to)}`,
    String(count),
    rounded(stated, 2),
    percent(right),
  ]);
  return [
    figureTable(photoFigures(report)),
    `outcomes: ${outcomes(report)}`,
    COUNTING.join("\n"),
    lines.length === 0 ? "" : table([head, ...lines], [1, 2, 3]),
    CALIBRATION_PROCEDURE.join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function mealsText(report: MealsReport): string {
  const names = report.unmatched.slice(0, MAX_LISTED_NAMES).map(({ name, count }) => `${name} (${count}×)`);
  const unmatched = names.length === 0 ? "" : `names that match no food, heaviest first: ${names.join(", ")}`;
  return [figureTable(mealFigures(report)), unmatched].filter((part) => part !== "").join("\n\n");
}

/** The report for a terminal. */
export const reportText = (report: PhotosReport | MealsReport): string =>
  report.kind === "photos" ? photosText(report) : mealsText(report);
