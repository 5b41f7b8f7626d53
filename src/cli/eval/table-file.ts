import { fail, ok, type Result } from "../../result.ts";
import { createCsvReader } from "../foods/csv.ts";

/** A row with the number of the line that it ends on, from 1. */
export interface NumberedRow {
  line: number;
  cells: string[];
}

/** The rows of a CSV text; blank lines are omitted. */
export function readRows(text: string): NumberedRow[] {
  const reader = createCsvReader();
  return text
    .split("\n")
    .flatMap((line, index) => reader.push(`${line}\n`).map((cells) => ({ line: index + 1, cells })))
    .concat(reader.end().map((cells) => ({ line: text.split("\n").length, cells })));
}

/** A row by its columns' names; a cell that is not there is empty. */
export interface NamedRow {
  line: number;
  cell: (column: string) => string;
}

/** Reads a CSV text whose first row names the columns. A sentence when a required column or every row is missing. */
export function readNamedRows(text: string, required: readonly string[]): Result<NamedRow[], string> {
  const [head, ...rows] = readRows(text);
  const columns = head?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const missing = required.find((column) => !columns.includes(column));
  if (missing !== undefined) {
    return fail(`line 1: there is no column "${missing}"; the required columns are ${required.join(", ")}.`);
  }
  if (rows.length === 0) return fail("line 2: there are no rows below the header.");
  return ok(
    rows.map(({ line, cells }) => ({
      line,
      cell: (column) => cells[columns.indexOf(column)]?.trim() ?? "",
    })),
  );
}

/** An amount of zero or more; null when the cell is empty, a sentence when it holds anything else. */
export function readAmount(text: string, column: string, line: number): Result<number | null, string> {
  if (text === "") return ok(null);
  const amount = Number(text);
  return Number.isFinite(amount) && amount >= 0
    ? ok(amount)
    : fail(`line ${line}: ${column} is "${text}", which is not a number of zero or more.`);
}
