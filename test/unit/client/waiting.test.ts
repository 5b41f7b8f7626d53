import { describe, expect, it } from "vitest";
import { etagOf, Morsel, MorselProblem, type RecordStatus } from "../../../src/client/index.ts";
import { systemClock, type Clock } from "../../../src/client/clock.ts";
import {
  BASE_URL,
  broken,
  event,
  eventStream,
  fakeClock,
  ID,
  json,
  PHOTO,
  problem,
  scriptService,
  statusOf,
} from "../../support/node/scripted-service.ts";

const accepted = () => json({ record_id: ID, status: "pending", uploaded_at: "2026-11-23T10:30:04.521Z" }, 202);
const record = (status = "completed") => json({ record_id: ID, status, dish_name: "orange" });
const poll = (status: RecordStatus["status"], percent: number, headers = {}) =>
  json(statusOf(status, percent), 200, headers);

const PENDING = event(1, statusOf("pending", 0));
const PROCESSING = event(2, statusOf("processing", 40));
const COMPLETED = event(3, statusOf("completed", 100));

type Answers = Parameters<typeof scriptService>;

function createClient(answers: Answers, clock: Clock & { slept?: number[] } = fakeClock()) {
  const { fetch, requests } = scriptService(...answers);
  const told: string[] = [];
  return {
    morsel: new Morsel({ baseUrl: BASE_URL, token: "t1", fetch }, clock),
    clock,
    told,
    onStatus: ({ status, progress }: RecordStatus) => void told.push(`${status} ${progress.percent}`),
    targets: () => requests.map(({ target }) => target.replace(`/nutrition_records/${ID}`, "…")),
    lastEventIds: () =>
      requests.filter(({ target }) => target.endsWith("/events")).map(({ headers }) => headers.get("last-event-id")),
  };
}

describe("analyze", () => {
  it("uploads, listens and answers with the record", async () => {
    const { morsel, targets, told, onStatus, clock } = createClient([
      accepted(),
      eventStream([": still here\n\n", PENDING, PROCESSING, COMPLETED]),
      record(),
    ]);
    expect(await morsel.analyze(PHOTO, {}, { onStatus })).toMatchObject({ status: "completed", dish_name: "orange" });
    expect(told).toEqual(["pending 0", "processing 40", "completed 100"]);
    expect(targets()).toEqual(["/nutrition_records/image", "…/events", "…"]);
    expect(clock.slept).toEqual([]);
  });

  it("answers with a failed record too, which says why", async () => {
    const { morsel } = createClient([accepted(), eventStream([event(2, statusOf("failed", 100))]), record("failed")]);
    expect(await morsel.analyze(PHOTO)).toMatchObject({ status: "failed" });
  });

  it("needs nothing more when the upload has waited", async () => {
    const { morsel, targets } = createClient([record()]);
    expect(await morsel.analyze(PHOTO, { wait_on_process: true })).toMatchObject({ status: "completed" });
    expect(targets()).toEqual(["/nutrition_records/image?wait_on_process=true"]);
  });

  it("goes on after a connection has broken off, where it ended", async () => {
    const { morsel, told, onStatus, lastEventIds, clock } = createClient([
      accepted(),
      eventStream([PENDING, PROCESSING.slice(0, 20)], "breaks"),
      eventStream([event(1, statusOf("pending", 0)), PROCESSING], "closes"),
      broken,
      eventStream([COMPLETED]),
      record(),
    ]);
    await morsel.analyze(PHOTO, {}, { onStatus });
    expect(told).toEqual(["pending 0", "processing 40", "completed 100"]);
    expect(lastEventIds()).toEqual([null, "1", "2", "2"]);
    expect(clock.slept).toEqual([1000, 1000, 1000]);
  });

  it("reads the record when the service has no more to tell", async () => {
    const { morsel, targets } = createClient([accepted(), new Response(null, { status: 204 }), record()]);
    await morsel.analyze(PHOTO);
    expect(targets()).toEqual(["/nutrition_records/image", "…/events", "…"]);
  });

  it.each<[string, () => Response]>([
    ["there are no events", () => problem("not_found", 404)],
    ["too many listen", () => problem("too_many_listeners", 429, { headers: { "retry-after": "2" } })],
    ["something else answers", () => new Response("<html>", { headers: { "content-type": "text/html" } })],
    ["the platform cannot stream", () => new Response(null, { headers: { "content-type": "text/event-stream" } })],
  ])("polls as often as the service says when %s", async (_, events) => {
    const { morsel, told, onStatus, clock, targets } = createClient([
      accepted(),
      events(),
      poll("pending", 0, { "retry-after": "2" }),
      poll("processing", 40, { "retry-after": "5" }),
      poll("processing", 40),
      poll("completed", 100),
      record(),
    ]);
    expect(await morsel.analyze(PHOTO, {}, { onStatus })).toMatchObject({ status: "completed" });
    expect(told).toEqual(["pending 0", "processing 40", "completed 100"]);
    expect(clock.slept).toEqual([2000, 5000, 2000]);
    expect(targets().filter((target) => target === "…/status")).toHaveLength(4);
  });

  it("polls once a second at most, whatever the service says", async () => {
    const again = (status: RecordStatus["status"]) => poll(status, 0, { "retry-after": "0" });
    const { morsel, clock } = createClient([
      accepted(),
      problem("not_found", 404),
      again("pending"),
      poll("failed", 100),
      record(),
    ]);
    await morsel.analyze(PHOTO);
    expect(clock.slept).toEqual([1000]);
  });

  it.each([[{}], [null], [{ status: "baked", progress: { percent: 1 } }]])(
    "does not take %j for a status",
    async (result) => {
      const { morsel } = createClient([accepted(), problem("not_found", 404), json(result)]);
      await expect(morsel.analyze(PHOTO)).rejects.toMatchObject({ code: "unexpected_response", recordId: ID });
    },
  );

  it("polls when connections bring nothing new, three times in a row", async () => {
    const nothing = () => eventStream([]);
    const { morsel, lastEventIds } = createClient([
      accepted(),
      eventStream([PENDING]),
      nothing(),
      broken,
      poll("completed", 100),
      record(),
    ]);
    expect(await morsel.analyze(PHOTO)).toMatchObject({ status: "completed" });
    expect(lastEventIds()).toEqual([null, "1", "1"]);
  });

  it("never tells of a status that events have overtaken", async () => {
    const { morsel, told, onStatus } = createClient([
      accepted(),
      eventStream([PENDING, PROCESSING]),
      problem("too_many_listeners", 429),
      poll("pending", 0),
      poll("processing", 10),
      poll("completed", 100),
      record(),
    ]);
    await morsel.analyze(PHOTO, {}, { onStatus });
    expect(told).toEqual(["pending 0", "processing 40", "completed 100"]);
  });

  it("waits for the record to show what the events have told already", async () => {
    const behind = json({ record_id: ID, status: "processing" }, 200, { "retry-after": "2" });
    const { morsel, clock } = createClient([accepted(), eventStream([COMPLETED]), behind, record()]);
    expect(await morsel.analyze(PHOTO)).toMatchObject({ status: "completed" });
    expect(clock.slept).toEqual([2000]);
  });

  it("names the record in a problem of the wait, for the record goes on", async () => {
    const { morsel } = createClient([accepted(), problem("not_found", 404), problem("inactive_application", 401)]);
    await expect(morsel.analyze(PHOTO)).rejects.toMatchObject({ code: "inactive_application", recordId: ID });
    const refused = createClient([problem("invalid_dimensions", 422)]);
    await expect(refused.morsel.analyze(PHOTO)).rejects.toMatchObject({ code: "invalid_dimensions", recordId: null });
  });

  it("does not take an error of the callback for one of the service", async () => {
    const { morsel } = createClient([accepted(), eventStream([PENDING])]);
    const onStatus = () => {
      throw new Error("the page is gone");
    };
    await expect(morsel.analyze(PHOTO, {}, { onStatus })).rejects.toThrow("the page is gone");
  });
});

/** A clock whose sleeps of one length end as the test says; pauses are none, and other sleeps never end. */
function heldClock(heldMs: number, held: () => Promise<void>): Clock {
  return {
    now: () => 0,
    random: () => 0,
    sleep(ms, signal) {
      if (ms === heldMs) return held();
      if (ms <= 1000) return Promise.resolve();
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    },
  };
}

const never = (): Promise<void> => new Promise(() => {});

/** A stream that says one thing and then nothing any more. */
function silentStream(text: string): Response {
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode(text)) });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}

describe("what a wait ends with", () => {
  const tagged = () => json({ record_id: ID, status: "completed" }, 200, { etag: '"v3"' });

  it("has a version, for the change that may follow", async () => {
    const analyzed = createClient([accepted(), eventStream([COMPLETED]), tagged()]);
    expect(etagOf(await analyzed.morsel.analyze(PHOTO))).toBe('"v3"');
    const polled = createClient([problem("not_found", 404), poll("completed", 100), tagged()]);
    expect(etagOf(await polled.morsel.waitForRecord(ID))).toBe('"v3"');
  });
});

describe("a wait", () => {
  it("ends when its time is up", async () => {
    let pass = (): void => {};
    const passed = new Promise<void>((resolve) => (pass = resolve));
    const { morsel } = createClient(
      [silentStream(PENDING)],
      heldClock(1234, () => passed),
    );
    const wait = morsel.waitForRecord(ID, { timeoutMs: 1234, onStatus: () => pass() });
    await expect(wait).rejects.toMatchObject({ code: "wait_timed_out", recordId: ID, retryable: true });
    await expect(wait).rejects.toBeInstanceOf(MorselProblem);
  });

  it("ends with the signal's reason", async () => {
    const leaving = new AbortController();
    const { morsel } = createClient([silentStream(PENDING)], systemClock);
    const wait = morsel.waitForRecord(ID, { signal: leaving.signal, onStatus: () => leaving.abort(new Error("left")) });
    await expect(wait).rejects.toThrow("left");
    await expect(morsel.waitForRecord(ID, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow("never");
  });

  it("takes a connection that has been silent for three comments as dead, and makes another", async () => {
    let pieces = 0;
    const clock = heldClock(45_000, () => (++pieces === 2 ? Promise.resolve() : never()));
    const { morsel, lastEventIds } = createClient([silentStream(PENDING), eventStream([COMPLETED])], clock);
    const seen: string[] = [];
    for await (const { status } of morsel.readEvents(ID)) seen.push(status);
    expect(seen).toEqual(["pending", "completed"]);
    expect(lastEventIds()).toEqual([null, "1"]);
  });
});

describe("the events of a record", () => {
  it("follow an analysis that was asked for again, while the status stays", async () => {
    const again = { ...statusOf("completed", 0) };
    const { morsel } = createClient([
      eventStream([event(4, again), event(5, { ...statusOf("completed", 40) }), event(6, statusOf("updated", 100))]),
    ]);
    const seen: string[] = [];
    for await (const { status, progress } of morsel.readEvents(ID)) seen.push(`${status} ${progress.percent}`);
    expect(seen).toEqual(["completed 0", "completed 40", "updated 100"]);
  });

  it("begin behind the one that was heard of last", async () => {
    const { morsel, lastEventIds } = createClient([eventStream([COMPLETED])]);
    for await (const { status } of morsel.readEvents(ID, { lastEventId: "2" })) expect(status).toBe("completed");
    expect(lastEventIds()).toEqual(["2"]);
  });

  it("come once each, although a connection that is made again repeats the last one", async () => {
    const { morsel } = createClient([eventStream([PENDING, PROCESSING]), eventStream([PROCESSING, COMPLETED])]);
    const seen: string[] = [];
    for await (const { status } of morsel.readEvents(ID)) seen.push(status);
    expect(seen).toEqual(["pending", "processing", "completed"]);
  });

  it("let go of the connection when nobody reads any more", async () => {
    let canceled = false;
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode(PENDING)),
      cancel: () => void (canceled = true),
    });
    const { morsel } = createClient([new Response(body, { headers: { "content-type": "text/event-stream" } })]);
    for await (const { status } of morsel.readEvents(ID)) {
      expect(status).toBe("pending");
      break;
    }
    expect(canceled).toBe(true);
  });

  it("say when they do not come", async () => {
    const { morsel } = createClient([broken, broken, broken]);
    await expect(morsel.readEvents(ID)[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "network_error" });
  });

  it("pass over what is not a status", async () => {
    const strange = ["null", "{}", "[", '{"status":"baked","progress":{"percent":1}}', '{"status":"pending"}'];
    const { morsel } = createClient([
      eventStream([
        ...strange.map((data) => `event: status\ndata: ${data}\n\n`),
        `event: hello\ndata: x\n\n`,
        COMPLETED,
      ]),
    ]);
    const seen: string[] = [];
    for await (const { status } of morsel.readEvents(ID)) seen.push(status);
    expect(seen).toEqual(["completed"]);
  });

  it("survive a stream that never ends its line", async () => {
    const endless = "x".repeat(100_000);
    const { morsel } = createClient([
      eventStream([PENDING, `data: ${endless}`, endless, endless]),
      eventStream([COMPLETED]),
    ]);
    const seen: string[] = [];
    for await (const { status } of morsel.readEvents(ID)) seen.push(status);
    expect(seen).toEqual(["pending", "completed"]);
  });

  it("survive text whose bytes are cut anywhere", async () => {
    const status = { ...statusOf("failed", 100), failure_reason: "crème brûlée 🍮" };
    const bytes = new TextEncoder().encode(event(3, status).replaceAll("\n", "\r\n"));
    const { morsel } = createClient([eventStream([...bytes].map((byte) => Uint8Array.of(byte)))]);
    for await (const seen of morsel.readEvents(ID)) expect(seen).toEqual(status);
  });
});
