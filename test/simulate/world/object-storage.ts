import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** Databases of objects that have ended, to be used again. */
const pool: DatabaseSync[] = [];
const MAX_POOLED = 16;

type Row = Record<string, unknown>;

const HAS_SEVERAL_STATEMENTS = /;\s*\S/;

const cursor = (rows: Row[]) => ({
  toArray: () => rows,
  one: () => rows[0],
  [Symbol.iterator]: () => rows[Symbol.iterator](),
});

/** Told of what a turn stored. */
export interface StorageObserver {
  /** A write begins a turn: it is committed with everything else of it. */
  onOpen(): void;
  onClear(): void;
  onAlarm(at: number | null): void;
}

/** An object's own SQLite and its alarm. What a turn writes is one transaction, begun by its first write. */
export class ObjectStorage {
  readonly #database = pool.pop() ?? new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();
  readonly #observer: StorageObserver;
  isOpen = false;
  #hasTables = false;
  /** Unix milliseconds; null when none is set. The second is what the last turn committed. */
  alarm: number | null = null;
  committedAlarm: number | null = null;

  constructor(observer: StorageObserver) {
    this.#observer = observer;
  }

  /** The storage as the program is given it. */
  readonly binding = {
    sql: { exec: (sql: string, ...values: SQLInputValue[]) => cursor(this.#exec(sql, values)) },
    transactionSync: <Value>(work: () => Value): Value => this.#nested(work),
    setAlarm: async (at: number | Date): Promise<void> => {
      this.#begin();
      this.alarm = Number(at);
    },
    getAlarm: async (): Promise<number | null> => this.alarm,
    deleteAlarm: async (): Promise<void> => {
      this.#begin();
      this.alarm = null;
    },
    deleteAll: async (): Promise<void> => {
      this.#begin();
      this.#observer.onClear();
      this.#empty();
      this.alarm = null;
    },
    get: async (): Promise<undefined> => undefined,
    sync: async (): Promise<void> => undefined,
  };

  commit(): void {
    if (!this.isOpen) return;
    this.#database.exec("COMMIT");
    this.isOpen = false;
    if (this.alarm === this.committedAlarm) return;
    this.committedAlarm = this.alarm;
    this.#observer.onAlarm(this.alarm);
  }

  rollback(): void {
    if (!this.isOpen) return;
    this.#database.exec("ROLLBACK");
    this.isOpen = false;
    this.alarm = this.committedAlarm;
    // Tables that were made or dropped in this turn are as they were before.
    this.#statements.clear();
    this.#hasTables = this.#tables().length > 0;
  }

  /** The alarm fires: it is no longer set. */
  takeAlarm(): void {
    this.alarm = this.committedAlarm = null;
  }

  /** Reads from outside of the world; no rows when there is no such table. */
  peek<Found extends Row>(sql: string): Found[] {
    return this.#hasTables ? (this.#prepared(sql).all() as Found[]) : [];
  }

  /** Gives the database back when its world has ended. */
  close(): void {
    this.rollback();
    this.#empty();
    if (pool.length < MAX_POOLED) pool.push(this.#database);
    else this.#database.close();
  }

  #begin(): void {
    if (this.isOpen) return;
    this.#database.exec("BEGIN");
    this.isOpen = true;
    this.#observer.onOpen();
  }

  #exec(sql: string, values: readonly SQLInputValue[]): Row[] {
    this.#begin();
    if (HAS_SEVERAL_STATEMENTS.test(sql.trim())) {
      this.#database.exec(sql);
      this.#hasTables = true;
      return [];
    }
    const prepared = this.#prepared(sql);
    if (prepared.columns().length > 0) return prepared.all(...values);
    prepared.run(...values);
    return [];
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const made = this.#database.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }

  #nested<Value>(work: () => Value): Value {
    this.#begin();
    this.#database.exec("SAVEPOINT nested");
    try {
      const value = work();
      this.#database.exec("RELEASE nested");
      return value;
    } catch (error) {
      this.#database.exec("ROLLBACK TO nested; RELEASE nested");
      throw error;
    }
  }

  #tables(): string[] {
    const tables = this.#database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all() as { name: string }[];
    return tables.map(({ name }) => name);
  }

  #empty(): void {
    for (const name of this.#tables()) this.#database.exec(`DROP TABLE "${name}"`);
    this.#statements.clear();
    this.#hasTables = false;
  }
}
