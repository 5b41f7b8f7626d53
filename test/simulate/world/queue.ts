import type { Runner } from "./runner.ts";
import type { QueueMessage } from "./program.ts";
import type { World } from "./world.ts";

/** As `wrangler.toml` has it. */
const QUEUE = "morsel-analysis";
const MAX_RETRIES = 100;

/** A batch whose consumer was lost is redelivered after this long. */
const LOST_BATCH_MS = 30_000;
const THROWN_BATCH_MS = 5_000;
/** Messages that are due within so many milliseconds may come in one batch. */
const BATCH_WINDOW_MS = 3_000;
const MAX_BATCH = 10;

const DUPLICATE_SHARE = 0.05;
const LOST_ACK_SHARE = 0.01;

interface Letter {
  id: string;
  body: { record_id?: string };
  attempts: number;
  dueAt: number;
}

interface SendOptions {
  delaySeconds?: number;
}

/** The queue: at least once, late, out of order, in batches of any size. */
export class MessageQueue {
  sent = 0;
  readonly #world: World;
  readonly #runner: Runner;
  readonly #waiting = new Set<Letter>();
  #underWay = 0;

  constructor(world: World, runner: Runner) {
    this.#world = world;
    this.#runner = runner;
  }

  /** Messages that wait or are being worked on. */
  get backlog(): number {
    return this.#waiting.size + this.#underWay;
  }

  send(body: Letter["body"], { delaySeconds = 0 }: SendOptions = {}): Promise<object> {
    return this.#world.call({
      kind: "queue",
      about: "queue send",
      label: `a message for ${body.record_id}${delaySeconds > 0 ? ` in ${delaySeconds} s` : ""} is sent`,
      effect: () => this.#post(body, delaySeconds),
    });
  }

  sendBatch(messages: Iterable<{ body: Letter["body"]; delaySeconds?: number }>): Promise<object> {
    const all = [...messages];
    return this.#world.call({
      kind: "queue",
      about: "queue sendBatch",
      label: `messages for ${all.map(({ body }) => body.record_id).join(", ")} are sent`,
      effect: () => {
        for (const { body, delaySeconds = 0 } of all) this.#post(body, delaySeconds);
        return {};
      },
    });
  }

  async metrics(): Promise<object> {
    return {};
  }

  #post(body: Letter["body"], delaySeconds: number): object {
    const id = `m${++this.sent}`;
    this.#wait({ id, body, attempts: 1, dueAt: 0 }, delaySeconds * 1000);
    if (this.#world.fails(DUPLICATE_SHARE)) {
      this.#world.note(`the queue duplicates ${id}`);
      this.#wait({ id, body, attempts: 1, dueAt: 0 }, delaySeconds * 1000 + 50);
    }
    return {};
  }

  #wait(letter: Letter, delayMs: number): void {
    const waiting = { ...letter, dueAt: this.#world.now + delayMs + this.#world.latency("queue") };
    this.#waiting.add(waiting);
    this.#world.at(waiting.dueAt, () => this.#deliver(waiting));
  }

  #deliver(first: Letter): void {
    if (!this.#waiting.has(first)) return;
    const batch = [first];
    if (this.#waiting.size > 1 && this.#world.choose(2, 0.5) === 1) {
      const together = [...this.#waiting].filter(
        (letter) => letter !== first && letter.dueAt <= this.#world.now + BATCH_WINDOW_MS,
      );
      batch.push(...together.slice(0, MAX_BATCH - 1));
    }
    for (const letter of batch) this.#waiting.delete(letter);
    void this.#consume(batch);
  }

  async #consume(batch: readonly Letter[]): Promise<void> {
    const world = this.#world;
    const verdicts = new Map<Letter, { retryMs: number | null }>();
    const messages = batch.map((letter): QueueMessage => {
      const decide = (retryMs: number | null): void => {
        if (!verdicts.has(letter)) verdicts.set(letter, { retryMs });
      };
      const { id, body, attempts } = letter;
      return {
        id,
        body,
        attempts,
        ack: () => decide(null),
        retry: ({ delaySeconds = 0 } = {}) => decide(delaySeconds * 1000),
      };
    });
    const told = batch.map(({ id, body, attempts }) => `${id} for ${body.record_id}, try ${attempts}`).join("; ");
    const name = world.inWords(`consumer(${told})`);
    this.#underWay += 1;
    const ended = await this.#runner.invoke(name, (isolate, context) =>
      isolate.program.default.queue({ queue: QUEUE, messages }, isolate.env, context),
    );
    this.#underWay -= 1;
    for (const letter of batch) {
      if (ended.outcome === "killed") this.#again(letter, LOST_BATCH_MS);
      else if (ended.outcome === "threw") this.#again(letter, THROWN_BATCH_MS);
      else this.#follow(letter, verdicts.get(letter)?.retryMs ?? null);
    }
  }

  #follow(letter: Letter, retryMs: number | null): void {
    if (retryMs !== null) return this.#again(letter, retryMs);
    if (!this.#world.fails(LOST_ACK_SHARE)) return;
    this.#world.note(`the acknowledgment of ${letter.id} is lost`);
    this.#again(letter, LOST_BATCH_MS);
  }

  #again(letter: Letter, delayMs: number): void {
    const { id, attempts } = letter;
    if (attempts <= MAX_RETRIES) return this.#wait({ ...letter, attempts: attempts + 1 }, delayMs);
    this.#world.note(`the queue drops ${id}`);
  }
}
