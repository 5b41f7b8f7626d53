const QUOTE = '"';
/** Ends a plain field: a comma, a line break, or the quote that opens a quoted one. */
const FIELD_END = /[",\r\n]/gu;

/**
 * Reads CSV (RFC 4180: quoted fields, doubled quotes, line breaks within quotes; CRLF or LF) from text that arrives in
 * pieces, cut anywhere. `push` gives the rows that are complete, `end` the last one when no line break follows it.
 */
export interface CsvReader {
  push(text: string): string[][];
  end(): string[][];
}

export function createCsvReader(): CsvReader {
  let rest = "";
  let field = "";
  let row: string[] = [];
  let quoted = false;
  let first = true;

  const endRow = (rows: string[][]): void => {
    const complete = [...row, field];
    field = "";
    row = [];
    if (complete.length > 1 || complete[0] !== "") rows.push(complete);
  };

  /** Reads up to the closing quote; the position after it, or -1 when the text ends first. */
  const readQuoted = (text: string, start: number): number => {
    const close = text.indexOf(QUOTE, start);
    // A quote at the very end may be the first of a doubled one: wait for what follows.
    if (close === -1 || close === text.length - 1) return -1;
    field += text.slice(start, close);
    if (text[close + 1] !== QUOTE) {
      quoted = false;
      return close + 1;
    }
    field += QUOTE;
    return close + 2;
  };

  const readPlain = (text: string, start: number, rows: string[][]): number => {
    FIELD_END.lastIndex = start;
    const end = FIELD_END.exec(text)?.index ?? -1;
    if (end === -1) return -1;
    field += text.slice(start, end);
    const mark = text[end];
    if (mark === QUOTE) quoted = true;
    if (mark === "\n") endRow(rows);
    if (mark === ",") {
      row.push(field);
      field = "";
    }
    return end + 1;
  };

  const push = (text: string): string[][] => {
    const rows: string[][] = [];
    const all = rest + (first ? text.replace(/^\uFEFF/u, "") : text);
    first &&= text === "";
    let position = 0;
    while (position < all.length) {
      const next = quoted ? readQuoted(all, position) : readPlain(all, position, rows);
      if (next === -1) break;
      position = next;
    }
    rest = all.slice(position);
    return rows;
  };

  // A line break completes a last row that has none; after one that has, it is an empty line.
  return { push, end: () => push("\n") };
}
