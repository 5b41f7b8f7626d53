import type { Answer } from "../clients.ts";
import type { OwnedRecord } from "../cast.ts";
import type { World } from "../world/world.ts";

const RANKS: Readonly<Record<string, number>> = {
  pending: 0,
  processing: 1,
  completed: 2,
  failed: 2,
  canceled: 2,
  updated: 3,
};
const rankOf = (status: string): number => RANKS[status] ?? 0;

const VERSION = /\.(\d+)"$/;

/** The version that an answer's entity tag names; null without one. */
export const versionOf = ({ headers }: Answer): number | null => {
  const found = VERSION.exec(headers.get("etag") ?? "")?.[1];
  return found === undefined ? null : Number(found);
};

/** What tells two contents of one version apart, of those fields that each kind of answer has. */
const contentOf = (body: Record<string, unknown>): string =>
  JSON.stringify([body["status"], body["modified_at"], body["serving_size"] ?? "", body["dish_name"] ?? ""]);

/** What clients were told, and whether it fits together. */
export class Ledger {
  readonly #world: World;
  readonly #contents = new Map<string, string>();
  readonly #seen = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A whole record was answered: one version has one content, whoever asks. */
  contents(record: OwnedRecord, answer: Answer): void {
    const version = versionOf(answer);
    if (version === null) return;
    const key = `${record.name} ${version}`;
    const content = contentOf(answer.json() as Record<string, unknown>);
    const before = this.#contents.get(key);
    this.#world.note(`   version ${version} of ${record.name} is ${content}`);
    if (before !== undefined && before !== content) {
      this.#world.violate(
        `OVERWRITTEN: version ${version} of ${record.name} was answered as ${before} and as ${content}`,
      );
    }
    this.#contents.set(key, content);
  }

  /** A change was answered with success: nobody may lose it. */
  told(record: OwnedRecord, answer: Answer, by: "change" | "reanalyze", hint: string | null = null): void {
    const version = versionOf(answer);
    if (version === null) return;
    if (record.told.some((told) => told.version === version)) {
      this.#world.violate(`OVERWRITTEN: version ${version} of ${record.name} was answered to two changes`);
    }
    record.told.push({ version, by, hint });
  }

  /** A client saw a status: it never sees an earlier one afterwards. `client` names whoever looks, and how. */
  saw(record: OwnedRecord, status: string, client: string): void {
    const key = `${record.name} ${client}`;
    const before = this.#seen.get(key) ?? "pending";
    if (rankOf(status) < rankOf(before)) {
      this.#world.violate(`SEEN BACKWARDS: ${client} saw ${record.name} ${before} and then ${status}`);
    }
    this.#seen.set(key, status);
  }

  /** A stream of server-sent events: ids grow, statuses never go back. */
  heard(record: OwnedRecord, text: string): void {
    let id = -1;
    let status = "pending";
    for (const event of text.split("\n\n").filter((part) => part.startsWith("event: status"))) {
      const next = Number(/^id: (\d+)$/m.exec(event)?.[1]);
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      const said: string = JSON.parse(data).status;
      if (!(next > id)) this.#world.violate(`EVENTS: ${record.name}'s stream tells ${next} after ${id}`);
      if (rankOf(said) < rankOf(status)) {
        this.#world.violate(`EVENTS: ${record.name}'s stream tells ${said} after ${status}`);
      }
      id = next;
      status = said;
    }
    this.#world.note(`   the events of ${record.name} end with ${status}`);
  }
}
