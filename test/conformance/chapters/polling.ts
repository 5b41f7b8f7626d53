import assert from "node:assert/strict";
import type { Answer, HeaderFields, Morsel } from "../morsel.ts";
import { chapter } from "../sentence.ts";

const ORDER = ["pending", "processing", "completed"];

const status = (morsel: Morsel, user: HeaderFields, id: string, headers: HeaderFields = {}): Promise<Answer> =>
  morsel.call(`/nutrition_records/${id}/status`, { headers: { ...user, ...headers } });

export interface ServerSentEvent {
  event: string;
  id: string;
  data: { status: string; progress: { stage: string; percent: number } };
}

/** Reads a stream of server-sent events to its end. */
async function readEvents(morsel: Morsel, user: HeaderFields, id: string, headers: HeaderFields = {}) {
  const response = await morsel.call(`/nutrition_records/${id}/events`, { headers: { ...user, ...headers } });
  assert.equal(response.status, 200, response.text);
  assert.match(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  const events = response.text
    .split("\n\n")
    .filter((block) => block.includes("data:"))
    .map((block): ServerSentEvent => {
      const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? "";
      return { event: field("event"), id: field("id"), data: JSON.parse(field("data")) };
    });
  return events;
}

function assertInOrder(statuses: string[]): void {
  const places = statuses.map((one) => ORDER.indexOf(one));
  assert.ok(!places.includes(-1), statuses.join());
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
}

export const polling = chapter("Polling, waiting and events", {
  "The status answer has the id, the status, the progress and the time of the last change.": async (morsel) => {
    const { user, id, record } = await morsel.completed();
    const { body } = await status(morsel, user, id);
    assert.deepEqual(body, {
      record_id: id,
      status: "completed",
      progress: { stage: "done", percent: 100 },
      modified_at: record.body.modified_at,
    });
  },
  "The status of a failed record gives the reason and the code.": async (morsel) => {
    const { user, id, record } = await morsel.failed();
    const { body } = await status(morsel, user, id);
    assert.equal(body.failure_code, "no_food_found");
    assert.equal(body.failure_reason, record.body.failure_reason);
  },
  "Statuses are only ever seen in their order by a poller.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    const seen: string[] = [];
    while (seen.at(-1) !== "completed") seen.push((await status(morsel, user, id)).body.status);
    assertInOrder(seen);
  },
  "Both answers carry a strong ETag, and If-None-Match is answered with 304.": async (morsel) => {
    const { user, id } = await morsel.completed();
    for (const path of ["", "/status"]) {
      const url = `/nutrition_records/${id}${path}`;
      const etag = (await morsel.call(url, { headers: user })).headers.get("etag") ?? "";
      assert.match(etag, /^"[^"]+"$/);
      const again = await morsel.call(url, { headers: { ...user, "if-none-match": etag } });
      assert.equal(again.status, 304);
      assert.equal(again.text, "");
    }
  },
  "Answers are private to every cache on the way.": async (morsel) => {
    const { user, id } = await morsel.completed();
    for (const path of ["", "/status"]) {
      const response = await morsel.call(`/nutrition_records/${id}${path}`, { headers: user });
      assert.match(response.headers.get("cache-control") ?? "", /private/);
    }
  },
  "Retry-After is there while a record is open, and not when it is final.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    const open = await status(morsel, user, id);
    if (open.body.status !== "completed") assert.ok(open.headers.get("retry-after"));
    await morsel.finalRecord(user, id);
    const { user: owner, id: final } = await morsel.completed();
    assert.equal((await status(morsel, owner, final)).headers.get("retry-after"), null);
  },
  "A change is seen at once by the poller who made it.": async (morsel) => {
    const user = await morsel.logIn();
    const { body } = await morsel.manual(user);
    assert.equal((await status(morsel, user, body.record_id)).body.status, "completed");
    await morsel.send("PATCH", `/nutrition_records/${body.record_id}`, user, { serving_size: 100 });
    assert.equal((await status(morsel, user, body.record_id)).body.status, "updated");
    await morsel.send("DELETE", `/nutrition_records/${body.record_id}`, user);
    assert.equal((await status(morsel, user, body.record_id)).status, 404);
  },
  "Prefer: wait=N holds the status until it changes.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    const seen: string[] = [(await status(morsel, user, id)).body.status];
    for (let asked = 0; seen.at(-1) !== "completed" && asked < 10; asked += 1) {
      seen.push((await status(morsel, user, id, { prefer: "wait=30" })).body.status);
    }
    assert.equal(seen.at(-1), "completed");
    assertInOrder(seen);
  },
  "Prefer: wait=N holds the record, too, and a final one is answered at once.": async (morsel) => {
    const { user, id, record } = await morsel.completed();
    const before = Date.now();
    const response = await morsel.call(`/nutrition_records/${id}`, { headers: { ...user, prefer: "wait=30" } });
    assert.deepEqual(response.body, record.body);
    assert.ok(Date.now() - before < 10_000);
  },
  "Events tell every status in its order, each as the status answer, and end after the final one.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    const events = await readEvents(morsel, user, id);
    assertInOrder(events.map(({ data }) => data.status));
    assert.equal(events.at(-1)?.data.status, "completed");
    assert.ok(events.every(({ event }) => event === "status"));
    const percents = events.map(({ data }) => data.progress.percent);
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    );
  },
  "The first event is the current state.": async (morsel) => {
    const { user, id } = await morsel.completed();
    const events = await readEvents(morsel, user, id);
    assert.equal(events[0]?.data.status, "completed");
    assert.equal(events.length, 1);
  },
  "Last-Event-ID resumes without a gap or a repeat.": async (morsel) => {
    const user = await morsel.logIn();
    const id = await morsel.uploaded(user, "?ignore_cache=true");
    const events = await readEvents(morsel, user, id);
    const first = events[0];
    assert.ok(first !== undefined && events.length > 1, "the upload was over before the first event");
    const rest = await readEvents(morsel, user, id, { "last-event-id": first.id });
    assert.deepEqual(
      rest.map((event) => event.id),
      events.slice(1).map((event) => event.id),
    );
  },
});
