import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { ROOT } from "./program.ts";
import type { World } from "./world.ts";

type Row = Record<string, unknown>;

interface D1Result {
  results: Row[];
  success: true;
  meta: { changes: number };
}

/** The tables that come with the migrations and never change. */
const FOOD_TABLE = /^(food|dish|sqlite_)/;
const IS_READ = /^\s*(select|with)/i;
const STATEMENT = /^\s*(\w+)/;
const TABLE = /(?:from|into|update)\s+"?(\w+)"?/i;

/** What a statement does, without its values. */
const aboutOf = (sql: string): string =>
  `${(STATEMENT.exec(sql)?.[1] ?? "run").toLowerCase()} ${TABLE.exec(sql)?.[1] ?? ""}`.trim();

const bindable = (value: unknown): SQLInputValue =>
  typeof value === "boolean" ? Number(value) : ((value ?? null) as SQLInputValue);

/** Reads of tables that never change: what they found before, they find again. */
const IS_FOOD_READ = /^\s*select\b(?!.*"(?:records|deliveries|applications)").*"(?:food_\w+|foods|dishes|dish_\w+)"/is;
const MAX_REMEMBERED = 5_000;

/** The database of a process, with the real migrations; worlds follow one another in it. */
export class Tables {
  readonly #database = new DatabaseSync(":memory:");
  readonly #statements = { objects: new Map<string, StatementSync>(), arrays: new Map<string, StatementSync>() };
  readonly #emptied: readonly string[];
  readonly #foods = new Map<string, unknown>();

  constructor() {
    const folder = resolve(ROOT, "migrations");
    for (const file of readdirSync(folder).sort()) this.#database.exec(readFileSync(resolve(folder, file), "utf8"));
    const tables = this.read<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL",
    );
    this.#emptied = tables.map(({ name }) => name).filter((name) => !FOOD_TABLE.test(name));
  }

  clear(): void {
    for (const table of this.#emptied) this.#database.exec(`DELETE FROM "${table}"`);
  }

  /** A statement whose rows come as objects, or as lists of their values. */
  prepared(sql: string, form: "objects" | "arrays" = "objects"): StatementSync {
    const statements = this.#statements[form];
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    made.setReturnArrays(form === "arrays");
    statements.set(sql, made);
    return made;
  }

  exec(sql: string): void {
    this.#database.exec(sql);
  }

  /** What `read` finds, from memory if it is about foods. */
  recall<Found>(form: "objects" | "arrays", { sql, values }: Statement, read: () => Found): Found {
    if (!IS_FOOD_READ.test(sql)) return read();
    const key = `${form} ${JSON.stringify(values)} ${sql}`;
    if (!this.#foods.has(key)) {
      if (this.#foods.size >= MAX_REMEMBERED) this.#foods.clear();
      this.#foods.set(key, read());
    }
    return this.#foods.get(key) as Found;
  }

  /** Reads or changes rows from outside of the world: free, at once and without a fault. */
  read<Found = Row>(sql: string, ...values: SQLInputValue[]): Found[] {
    return this.prepared(sql).all(...values) as Found[];
  }

  write(sql: string, ...values: SQLInputValue[]): void {
    this.prepared(sql).run(...values);
  }
}

/** D1 over a process's tables: every call may fail before its commit, or lose its answer behind it. */
export class Database {
  /** How often each kind of statement has written. */
  readonly writes = new Map<string, number>();
  readonly #world: World;
  readonly #tables: Tables;

  constructor(world: World, tables: Tables) {
    this.#world = world;
    this.#tables = tables;
  }

  prepare(sql: string): Statement {
    return new Statement(this, sql, []);
  }

  batch(statements: readonly Statement[]): Promise<D1Result[]> {
    const isRead = statements.every(({ sql }) => IS_READ.test(sql));
    return this.#world.call({
      kind: isRead ? "d1 read" : "d1 write",
      about: `d1 batch (${statements.map(({ sql }) => aboutOf(sql)).join(", ")})`,
      effect: () => this.#together(statements),
    });
  }

  run(statement: Statement): Promise<D1Result> {
    const { sql } = statement;
    return this.#world.call({
      kind: IS_READ.test(sql) ? "d1 read" : "d1 write",
      about: `d1 ${aboutOf(sql)}`,
      effect: () => this.#execute(statement),
    });
  }

  rows(statement: Statement): Promise<unknown[][]> {
    const { sql, values } = statement;
    return this.#world.call({
      kind: IS_READ.test(sql) ? "d1 read" : "d1 write",
      about: `d1 ${aboutOf(sql)}`,
      effect: () => {
        this.#noteChange(sql);
        const prepared = this.#tables.prepared(sql, "arrays");
        try {
          return this.#tables.recall("arrays", statement, () => prepared.all(...values) as unknown as unknown[][]);
        } catch (error) {
          throw asD1Error(error);
        }
      },
    });
  }

  #together(statements: readonly Statement[]): D1Result[] {
    this.#tables.exec("SAVEPOINT batch");
    try {
      const results = statements.map((statement) => this.#execute(statement));
      this.#tables.exec("RELEASE batch");
      return results;
    } catch (error) {
      this.#tables.exec("ROLLBACK TO batch; RELEASE batch");
      throw error;
    }
  }

  #execute(statement: Statement): D1Result {
    const { sql, values } = statement;
    this.#noteChange(sql);
    const prepared = this.#tables.prepared(sql);
    try {
      if (prepared.columns().length === 0) {
        return { results: [], success: true, meta: { changes: Number(prepared.run(...values).changes) } };
      }
      const read = (): Row[] => prepared.all(...values).map((row) => ({ ...row }));
      const results = this.#tables.recall("objects", statement, read);
      return { results, success: true, meta: { changes: IS_READ.test(sql) ? 0 : results.length } };
    } catch (error) {
      throw asD1Error(error);
    }
  }

  #noteChange(sql: string): void {
    if (IS_READ.test(sql)) return;
    const about = aboutOf(sql);
    this.writes.set(about, (this.writes.get(about) ?? 0) + 1);
    this.#world.databaseChanged = true;
  }
}

const asD1Error = (error: unknown): Error =>
  new Error(`D1_ERROR: ${error instanceof Error ? error.message : "failed"}: SQLITE_CONSTRAINT`);

/** A prepared statement with its values. */
export class Statement {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
  readonly #database: Database;

  constructor(database: Database, sql: string, values: readonly SQLInputValue[]) {
    this.#database = database;
    this.sql = sql;
    this.values = values;
  }

  bind(...values: unknown[]): Statement {
    return new Statement(this.#database, this.sql, values.map(bindable));
  }

  all(): Promise<D1Result> {
    return this.#database.run(this);
  }

  run(): Promise<D1Result> {
    return this.#database.run(this);
  }

  async first(column?: string): Promise<unknown> {
    const [row] = (await this.#database.run(this)).results;
    if (row === undefined) return null;
    return column === undefined ? row : row[column];
  }

  raw(): Promise<unknown[][]> {
    return this.#database.rows(this);
  }
}
