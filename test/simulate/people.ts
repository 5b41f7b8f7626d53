import type { OwnedRecord } from "./cast.ts";
import type { Answer, Sent } from "./clients.ts";
import { versionOf } from "./invariants/ledger.ts";
import { markOf } from "./world/models.ts";
import { weigh, type Scene, type Weighted } from "./scene.ts";

/** A device that its user follows a record with. */
interface Device {
  scene: Scene;
  record: OwnedRecord;
  /** "phone" or "laptop": each sees for itself. */
  name: string;
}

const PAUSES_MS = [10, 100, 400, 900, 2000, 6000, 20_000, 70_000] as const;
const SHORT_PAUSES_MS = [0, 5, 20, 60, 200, 600, 2000, 5000] as const;
const WEBHOOK_PATIENCE_MS = 60_000;
const LISTEN_MS = 40_000;
const WAIT_SECONDS = 20;

const pathOf = ({ id }: OwnedRecord): string => `/nutrition_records/${id}`;

const send = ({ scene, record }: Device, what: string, method: string, path: string, sent: Sent = {}) =>
  scene.clients.send(record.user, what, method, path, {
    ...sent,
    headers: { ...record.tenant.tokens.get(record.user), ...sent.headers },
  });

/** A change that got no answer may have been made, or may be made later. */
function noteUnheard({ record }: Device, answer: Answer | null): void {
  record.isTouched = true;
  if (answer === null || answer.status >= 500) record.hasUnannouncedChange = true;
}

async function lookAtStatus(device: Device, headers: Record<string, string> = {}): Promise<void> {
  const { record, scene } = device;
  const answer = await send(device, `asks for the status of ${record.name}`, "GET", `${pathOf(record)}/status`, {
    headers,
  });
  if (answer?.status === 200)
    scene.ledger.saw(record, (answer.json() as { status: string }).status, `${device.name}, status`);
}

async function read(device: Device): Promise<Answer | null> {
  const { record, scene } = device;
  const wasDeleted = record.deletedAt !== null;
  const answer = await send(device, `reads ${record.name}`, "GET", pathOf(record));
  if (answer?.status !== 200) return null;
  if (wasDeleted) scene.platform.world.violate(`DELETED: ${record.name} is shown after its DELETE was answered`);
  scene.ledger.contents(record, answer);
  scene.ledger.saw(record, (answer.json() as { status: string }).status, `${device.name}, record`);
  return answer;
}

async function wait(device: Device): Promise<void> {
  device.record.isTouched = true;
  await lookAtStatus(device, { prefer: `wait=${WAIT_SECONDS}` });
}

async function listen(device: Device): Promise<void> {
  const { record, scene } = device;
  record.isTouched = true;
  const answer = await send(device, `listens to ${record.name}`, "GET", `${pathOf(record)}/events`, {
    hangUpMs: LISTEN_MS,
  });
  if (answer?.status === 200) scene.ledger.heard(record, answer.text);
}

/** Each change of a run is to another size, so that no two look alike. */
const nextSize = ({ record, scene }: Device): number => 50 + (scene.platform.world.steps % 7) + record.told.length * 10;

async function change(
  device: Device,
  method: string,
  path: string,
  body: object,
  what: string,
  etag?: string,
): Promise<number | null> {
  const { record, scene } = device;
  const headers: Record<string, string> = etag === undefined ? {} : { "if-match": etag };
  const answer = await send(device, what, method, path, { body, headers });
  noteUnheard(device, answer);
  if (answer?.status === 200) {
    scene.ledger.contents(record, answer);
    scene.ledger.told(record, answer, "change");
  }
  return answer?.status ?? null;
}

const patch = (device: Device, size = nextSize(device), etag?: string): Promise<number | null> =>
  change(
    device,
    "PATCH",
    pathOf(device.record),
    { serving_size: size },
    `changes ${device.record.name} to ${size} g`,
    etag,
  );

/** Several changes at once: all of them are made, one after the other. */
async function patchAtOnce(device: Device): Promise<void> {
  const size = nextSize(device);
  await Promise.all([patch(device, size), patch(device, size + 1), patch(device, size + 2)]);
}

/** Two changes, one right after the other; where things fail, the record's object is moved to another machine between. */
async function patchAroundMove(device: Device): Promise<void> {
  const { platform } = device.scene;
  const { world } = platform;
  // The first event is still waiting for its second attempt when there is another.
  if (world.faultRate > 0) device.record.tenant.receiver.refusals = 1;
  await patch(device);
  await world.sleep(SHORT_PAUSES_MS[world.choose(SHORT_PAUSES_MS.length)] ?? 0);
  if (world.faultRate > 0) platform.objects.all.get(device.record.id)?.reset();
  await patch(device);
}

/** Two changes of the same version: at most one is made. */
async function patchVersion(device: Device): Promise<void> {
  const before = await read(device);
  if (before === null) return;
  const etag = before.headers.get("etag") ?? "";
  const size = nextSize(device);
  const statuses = await Promise.all([patch(device, size, etag), patch(device, size + 1, etag)]);
  if (statuses.every((status) => status === 200)) {
    device.scene.platform.world.violate(
      `OVERWRITTEN: two changes of version ${versionOf(before)} of ${device.record.name} were made`,
    );
  }
}

const replace = async (device: Device): Promise<void> => {
  const body = { dish_name: `typed over ${device.record.name}`, serving_size: nextSize(device), unit: "g" };
  await change(device, "PUT", pathOf(device.record), body, `types over ${device.record.name}`);
};

const editIngredient = async (device: Device): Promise<void> => {
  const { record } = device;
  const body = { serving_size: nextSize(device) };
  await change(device, "PATCH", `${pathOf(record)}/ingredients/0`, body, `changes an ingredient of ${record.name}`);
};

async function analyzeAgain(device: Device): Promise<void> {
  const { record, scene } = device;
  const hint = `h${scene.platform.world.steps}`;
  const answer = await send(
    device,
    `has ${record.name} analyzed again, with hint ${hint}`,
    "POST",
    `${pathOf(record)}/reanalyze`,
    {
      body: { hint: `HINT<${hint}>` },
    },
  );
  noteUnheard(device, answer);
  if (answer?.status === 202) scene.ledger.told(record, answer, "reanalyze", hint);
}

/** Changes its mind while the analysis runs, and has it made once more. */
async function analyzeAgainAndAgain(device: Device): Promise<void> {
  const { world } = device.scene.platform;
  await analyzeAgain(device);
  await world.sleep(PAUSES_MS[world.choose(PAUSES_MS.length)] ?? 0);
  await replace(device);
  await analyzeAgain(device);
}

async function cancel(device: Device): Promise<void> {
  const { record } = device;
  noteUnheard(device, await send(device, `cancels ${record.name}`, "POST", `${pathOf(record)}/cancel`));
}

async function remove(device: Device): Promise<void> {
  const { record, scene } = device;
  record.isTouched = true;
  const answer = await send(device, `deletes ${record.name}`, "DELETE", pathOf(record));
  if (answer?.status === 204) record.deletedAt ??= scene.platform.world.now;
  if (answer === null || answer.status >= 500) record.mayBeGone = true;
  // Whoever looks again at once finds nothing.
  if (answer?.status === 204) await read(device);
}

/** Deletes, or changes, as soon as its webhook has arrived: the program is still busy with that then. */
async function respondToWebhook(device: Device): Promise<void> {
  const { record, scene } = device;
  const { world } = scene.platform;
  const arrival = await record.tenant.receiver.next(record.id, WEBHOOK_PATIENCE_MS);
  if (arrival === null) return;
  world.note(`   ${record.user} has heard of ${arrival.eventId}`);
  await world.sleep(SHORT_PAUSES_MS[world.choose(SHORT_PAUSES_MS.length)] ?? 0);
  await (world.choose(3) === 0 ? patch(device) : remove(device));
}

/** Deletes while a webhook is on its way. */
async function removeAsItLeaves(device: Device): Promise<void> {
  const { record } = device;
  if (await record.tenant.receiver.nextIssued(record.id, WEBHOOK_PATIENCE_MS)) await remove(device);
}

/** Deletes, or changes, as soon as the analysis is over: its webhook is being prepared then. */
async function answerEnd(device: Device): Promise<void> {
  const { world } = device.scene.platform;
  await wait(device);
  await world.sleep(SHORT_PAUSES_MS[world.choose(SHORT_PAUSES_MS.length, 0.4)] ?? 0);
  await (world.choose(3) === 0 ? patch(device) : remove(device));
}

/** Deletes while other calls are under way. */
async function removeInPassing(device: Device): Promise<void> {
  await Promise.all([patch(device), remove(device), read(device), analyzeAgain(device)]);
}

async function seePhoto(device: Device): Promise<void> {
  const { record, scene } = device;
  const answer = await send(device, `looks at the photo of ${record.name}`, "GET", `${pathOf(record)}/image`);
  const mark = answer?.status === 200 ? markOf(Buffer.from(answer.text, "latin1")) : null;
  if (mark !== null && mark !== record.name) {
    scene.platform.world.violate(`WRONG RECORD: ${record.name} shows the photo of ${mark}`);
  }
}

/** Lists its own records, and nobody else's. */
async function list(device: Device): Promise<void> {
  const { record, scene } = device;
  const answer = await send(device, "lists its records", "GET", "/nutrition_records?limit=50");
  if (answer?.status !== 200) return;
  for (const { record_id: id } of answer.json() as { record_id: string }[]) {
    const found = scene.cast.records.find((each) => each.id === id);
    if (found !== undefined && (found.tenant !== record.tenant || found.user !== record.user)) {
      scene.platform.world.violate(
        `WRONG TENANT: ${record.user} of ${record.tenant.name} sees ${found.name} in a list`,
      );
    }
  }
}

/** Somebody else tries the record's address: it is as if it did not exist. */
async function peek({ record, scene }: Device): Promise<void> {
  const { cast, clients, platform } = scene;
  for (const tenant of cast.tenants) {
    for (const [user, token] of tenant.tokens) {
      if (tenant === record.tenant && user === record.user) continue;
      for (const [method, path] of [
        ["GET", ""],
        ["GET", "/status"],
        ["GET", "/image"],
        ["GET", "/events"],
        ["DELETE", ""],
      ] as const) {
        const what = `tries ${method} ${record.name}${path}, which is not its own`;
        const answer = await clients.send(`${user} of ${tenant.name}`, what, method, pathOf(record) + path, {
          headers: token,
          hangUpMs: 1000,
        });
        // A deletion is answered alike whether or not there was something: that it deletes nothing is seen at the end.
        const isHidden = answer === null || (method === "DELETE" ? answer.status === 204 : answer.status === 404);
        if (isHidden || answer.status === 401 || answer.status >= 429) continue;
        platform.world.violate(`WRONG TENANT: ${user} ${what}, and gets ${answer.status}`);
      }
    }
  }
}

const ACTS: Weighted<(device: Device) => Promise<unknown>> = [
  [(device) => lookAtStatus(device), 2],
  [read, 2],
  [(device) => patch(device), 3],
  [patchAtOnce, 2],
  [patchAroundMove, 3],
  [patchVersion, 2],
  [replace, 1],
  [editIngredient, 1],
  [analyzeAgain, 3],
  [analyzeAgainAndAgain, 2],
  [cancel, 1],
  [remove, 1],
  [removeInPassing, 3],
  [removeAsItLeaves, 2],
  [respondToWebhook, 4],
  [answerEnd, 4],
  [wait, 1],
  [listen, 1],
  [seePhoto, 1],
  [list, 1],
  [peek, 1],
];

/** A device of the record's user does this and that with it. */
export async function follow(scene: Scene, record: OwnedRecord, name: string): Promise<void> {
  const { world } = scene.platform;
  const acts = weigh(ACTS);
  const count = world.choose(5, 0.3);
  for (let done = 0; done < count; done++) {
    await world.sleep(PAUSES_MS[world.choose(PAUSES_MS.length)] ?? 0);
    await acts[world.choose(acts.length)]?.({ scene, record, name });
  }
}
