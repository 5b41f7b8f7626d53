import type { Comparison } from "./rounds.ts";

/** What a figure is held against: the ratio of service to floor, or the service's own figure. */
export interface Target {
  of: "ratio" | "service";
  bound: "≥" | "≤";
  value: number;
}

/** One line of the table. `floor` is null where there is nothing to compare with. */
export interface Row {
  name: string;
  unit: string;
  floor: number | null;
  service: number;
  ratio: number | null;
  spread: [number, number] | null;
  target: Target | null;
}

export const row = (name: string, unit: string, figure: Comparison, target: Target | null = null): Row => ({
  name,
  unit,
  ...figure,
  target,
});

/** A figure of the service that no floor has, with the most that it may be. */
export const soloRow = (name: string, unit: string, service: number, most: number): Row => ({
  name,
  unit,
  floor: null,
  service,
  ratio: null,
  spread: null,
  target: { of: "service", bound: "≤", value: most },
});

/** Whether the row meets its target; null without one, and where the machine does not tell the figure (NaN). */
export function isMet({ ratio, service, target }: Row): boolean | null {
  const value = target?.of === "ratio" ? ratio : service;
  if (target === null || value === null || Number.isNaN(value)) return null;
  return target.bound === "≥" ? value >= target.value : value <= target.value;
}

const figure = (value: number | null): string => {
  if (value === null || Number.isNaN(value)) return "–";
  return value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
};
const ratio = (value: number): string => value.toFixed(2);

function targetText({ unit, target }: Row): string {
  if (target === null) return "–";
  return target.of === "ratio" ? `${target.bound} ${ratio(target.value)} ×` : `${target.bound} ${target.value} ${unit}`;
}

const HEAD = ["", "unit", "floor", "service", "ratio", "of rounds", "target", ""];

function cells(line: Row): string[] {
  const met = isMet(line);
  return [
    line.name,
    line.unit,
    figure(line.floor),
    figure(line.service),
    line.ratio === null ? "–" : ratio(line.ratio),
    line.spread === null ? "–" : line.spread.map(ratio).join("–"),
    targetText(line),
    met === null ? "" : met ? "met" : "MISSED",
  ];
}

/** The rows as a table in plain text; the columns between `unit` and `target` are aligned to the right. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? "").length)));
  const isNumber = (column: number): boolean => column >= 2 && column <= 5;
  return lines
    .map((line) =>
      line.map((cell, column) =>
        isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      ),
    )
    .map((line) => line.join("  ").trimEnd())
    .join("\n");
}
