import { isErased, type OwnedRecord, type RecordKind, type Tenant } from "./cast.ts";
import type { Answer, Sent } from "./clients.ts";
import { FORM_TYPE, formOf, photoOf } from "./photos.ts";
import { weigh, type Scene, type Weighted } from "./scene.ts";

/** How a record is sent. `wait`: as the option, as the header, or not at all. */
interface Plan {
  kind: RecordKind;
  encoding: "base64" | "data URI" | "raw" | "form" | "url";
  wait: "none" | "option" | "header";
  waitSeconds: number;
  isKeyed: boolean;
  isTwice: boolean;
  isFast: boolean;
  isTurned: boolean;
}

const KINDS: Weighted<RecordKind> = [
  ["text", 4],
  ["photo", 6],
  ["label", 1],
  ["manual", 1],
];
const WAIT_SECONDS = [1, 5, 30] as const;
const KEYED_TRIES = 4;
const TRY_AGAIN_MS = 3_000;
const PHOTO_HOST = "photos.shop.com";

function choosePlan({ platform: { world } }: Scene): Plan {
  const kinds = weigh(KINDS);
  const isKeyed = world.choose(2) === 1;
  return {
    kind: kinds[world.choose(kinds.length)] ?? "text",
    encoding: (["base64", "data URI", "raw", "form", "url"] as const)[world.choose(5)] ?? "base64",
    wait: (["none", "none", "option", "header"] as const)[world.choose(4)] ?? "none",
    waitSeconds: WAIT_SECONDS[world.choose(WAIT_SECONDS.length)] ?? 1,
    isKeyed,
    isTwice: isKeyed && world.choose(3) === 1,
    isFast: world.choose(3, 0.4) === 1,
    isTurned: world.choose(6, 0.4) === 1,
  };
}

const PATHS: Record<RecordKind, string> = {
  text: "/nutrition_records/text",
  photo: "/nutrition_records/image",
  label: "/nutrition_records/ingredients/label",
  manual: "/nutrition_records/manual",
};

/** Options of an upload, as the fields of a form or a query have them. */
function optionsOf({ kind, wait, waitSeconds, isFast }: Plan): Record<string, string> {
  const waits = wait === "option" ? { wait_on_process: "true", max_duration_seconds: String(waitSeconds) } : {};
  // A label that is answered without a record leaves nothing to look after.
  const label = wait === "option" ? { create_record: "true" } : { wait_on_process: "false" };
  const goesOn = kind === "label" ? label : {};
  return { ...waits, ...goesOn, ...(isFast && kind === "photo" && { analysis_mode: "fast" }) };
}

const asJson = (options: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => {
      if (value === "true" || value === "false") return [name, value === "true"];
      return [name, /^\d+$/.test(value) ? Number(value) : value];
    }),
  );

function photoRequest(mark: string, plan: Plan): { query: string; sent: Sent } {
  const photo = photoOf(mark, plan.isTurned);
  const options = optionsOf(plan);
  const base64 = Buffer.from(photo).toString("base64");
  switch (plan.encoding) {
    case "raw":
      return {
        query: `?${new URLSearchParams(options).toString()}`,
        sent: { body: photo, headers: { "content-type": "image/jpeg" } },
      };
    case "form":
      return { query: "", sent: { body: formOf(photo, options), headers: { "content-type": FORM_TYPE } } };
    case "url":
      return { query: "", sent: { body: { body_url: `https://${PHOTO_HOST}/${mark}`, ...asJson(options) } } };
    case "data URI":
      return { query: "", sent: { body: { body: `data:image/jpeg;base64,${base64}`, ...asJson(options) } } };
    case "base64":
      return { query: "", sent: { body: { body: base64, ...asJson(options) } } };
  }
}

function requestOf(name: string, plan: Plan): { path: string; sent: Sent } {
  const path = PATHS[plan.kind];
  if (plan.kind === "manual") {
    return { path, sent: { body: { dish_name: `typed ${name}`, serving_size: 100, unit: "g" } } };
  }
  if (plan.kind === "text") {
    return { path, sent: { body: { text: "100 g of apple and a glorbish", ...asJson(optionsOf(plan)) } } };
  }
  const { query, sent } = photoRequest(name, plan);
  return { path: path + query, sent };
}

/** The server that photos are fetched from. */
export function servePhotos({ platform: { network, world } }: Scene): void {
  network.servers.set(PHOTO_HOST, {
    reply: ({ url }) => ({
      outcome: "answers",
      afterMs: world.latency("endpoint"),
      status: 200,
      body: photoOf(url.pathname.slice(1)),
    }),
  });
}

const isAccepted = (answer: Answer | null): answer is Answer =>
  answer !== null && [200, 201, 202].includes(answer.status);

/** Sends a record until it is accepted, or given up; null when nobody knows what became of it. */
export async function upload(scene: Scene, tenant: Tenant, user: string, name: string): Promise<OwnedRecord | null> {
  const { platform, clients, cast } = scene;
  const { world } = platform;
  const plan = choosePlan(scene);
  const { path, sent } = requestOf(name, plan);
  const headers = {
    ...tenant.tokens.get(user),
    ...sent.headers,
    ...(plan.isKeyed && { "idempotency-key": `key of ${name}` }),
    ...(plan.wait === "header" && { prefer: `wait=${plan.waitSeconds}` }),
  };
  const waits = plan.wait === "none" || plan.kind === "manual" ? "" : `, and waits ${plan.waitSeconds} s`;
  const form = plan.kind === "photo" || plan.kind === "label" ? ` (${plan.encoding})` : "";
  const what = `sends ${name}, a ${plan.kind}${form}${plan.isKeyed ? ", with a key" : ""}${waits}`;
  const send = (): Promise<Answer | null> => clients.send(user, what, "POST", path, { ...sent, headers });
  for (let tries = 0; tries < (plan.isKeyed ? KEYED_TRIES : 1); tries++) {
    if (tries > 0) await world.sleep(TRY_AGAIN_MS);
    const [answer, other] = await Promise.all([send(), plan.isTwice && tries === 0 ? send() : null]);
    const areTwo = isAccepted(answer) && isAccepted(other) && idOf(answer) !== idOf(other);
    // An erasure takes the first with its key, while the second is on its way.
    if (areTwo && !isErased({ tenant, user })) {
      world.violate(`TWO RECORDS for one key: ${idOf(answer)} and ${idOf(other)}`);
    }
    const accepted = isAccepted(answer) ? answer : isAccepted(other) ? other : null;
    if (accepted === null) continue;
    const record: OwnedRecord = {
      name,
      kind: plan.kind,
      tenant,
      user,
      id: idOf(accepted),
      acceptedAt: world.now,
      deletedAt: null,
      mayBeGone: false,
      told: [],
      hasUnannouncedChange: false,
      isTouched: plan.isTwice || tries > 0 || plan.wait !== "none",
    };
    world.name(record.id, name);
    world.note(`   ${name} is accepted`);
    cast.records.push(record);
    const { status } = accepted.json() as { status: string };
    if (accepted.status === 200 && (status === "pending" || status === "processing")) {
      world.violate(`WAIT: ${name} was answered 200 and is ${status}`);
    }
    return record;
  }
  return null;
}

const idOf = (answer: Answer): string => (answer.json() as { record_id: string }).record_id;
