import { env } from "cloudflare:workers";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { WorkPorts } from "../../src/analysis/lease-work.ts";
import { createApp } from "../../src/app.ts";
import { createDatabase } from "../../src/db/database.ts";
import { clearModelState, modelsInTrouble, writeModelState } from "../../src/db/model-states.ts";
import { recordById } from "../../src/db/records.ts";
import { depsOf } from "../../src/wiring/deps.ts";
import type { Env } from "../../src/env.ts";
import { jpeg } from "../support/images.ts";
import { realPng } from "../support/worker/real-png.ts";
import { models, resetModels } from "../support/worker/scripted-models.ts";
import { BASE, createApplication, logIn, uploadUnheard } from "../support/worker/tenant.ts";
import { listenForWebhooks } from "../support/worker/webhook-endpoint.ts";

const db = createDatabase(env.DB);
const photo = jpeg({ width: 1024, height: 768 });
/** As a phone takes it: twelve megapixels, on its side. No decoder reads its picture data. */
const phonePhoto = jpeg({ width: 4032, height: 3024, orientation: 6, bytes: 20_000 });
const MODEL = "@test/scripted";
let ada: { authorization: string };

/** An isolate of its own: what others have seen of models it does not know. */
const freshEnv = (): Env => ({ ...(env as unknown as Env) });

beforeAll(async () => {
  ada = await logIn(await createApplication());
});
beforeEach(async () => {
  listenForWebhooks();
  await env.DB.prepare("DELETE FROM model_states").run();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  vi.spyOn(console, "info").mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** Uploads a photo and analyses it as the queue's consumer would, in this isolate. */
async function analyze(bytes: Uint8Array<ArrayBuffer>, isolate = freshEnv()): ReturnType<WorkPorts["analyze"]> {
  const id = await uploadUnheard(ada, bytes);
  const record = await recordById(db, id);
  if (record === null) throw new Error("the record is not there");
  return depsOf(isolate).consumer.analyze(record, null, () => undefined);
}

interface HealthBody {
  status: string;
  models: { model: string; state: string; detail: string }[];
}
const health = async (): Promise<HealthBody> =>
  (await createApp().fetch(new Request(`${BASE}/healthz`), freshEnv())).json();

const failWith = (message: string) => {
  models.answer = () => {
    throw new Error(message);
  };
};

describe("a model in trouble", () => {
  it.each([
    ["3040: Capacity temporarily exceeded", "models_unavailable", "busy", "ok"],
    ["3021: rate limiting", "models_unavailable", "busy", "ok"],
    ["3036: You have used up your daily free allocation", "quota_exhausted", "quota", "degraded"],
    ["5007: No such model", "model_misconfigured", "misconfigured", "degraded"],
    ["5035: needs Workers Paid", "model_misconfigured", "misconfigured", "degraded"],
    ["3006: Request is too large", "model_misconfigured", "request_refused", "degraded"],
  ])(
    "that says %j makes the record wait (%s), and the health check say so (%s, %s)",
    async (message, reason, state, status) => {
      failWith(message);
      expect(await analyze(photo)).toMatchObject({
        ok: false,
        error: {
          reason,
          detail: expect.stringContaining(MODEL),
          calls: [{ model: MODEL, outcome: "failed", reason: state }],
        },
      });
      expect(await health()).toMatchObject({
        status,
        models: [{ model: MODEL, state, detail: expect.stringContaining(MODEL) }],
      });
    },
  );

  it("that cannot read the picture ends the record, and is well", async () => {
    failWith("3010: Invalid or incomplete input for the model");
    expect(await analyze(photo)).toMatchObject({ ok: true, value: { failure: { code: "image_unreadable" } } });
    expect(await health()).toMatchObject({ status: "ok", models: [] });
  });

  it("is well again after the next answer in an isolate that knew of it", async () => {
    const isolate = freshEnv();
    failWith("5016: Model agreement required");
    await analyze(photo, isolate);
    resetModels();
    expect((await health()).status).toBe("degraded");
    expect(await analyze(photo, isolate)).toMatchObject({ ok: true, value: { status: "completed" } });
    expect(await health()).toMatchObject({ status: "ok", models: [] });
  });

  it("that nobody has asked for a quarter of an hour is no longer told of", async () => {
    failWith("5007: No such model");
    await analyze(photo);
    await env.DB.prepare("UPDATE model_states SET last_at = last_at - 900001, since = since - 900001").run();
    expect(await health()).toMatchObject({ status: "ok", models: [] });
  });

  it("that has been busy for five minutes is not an everyday thing any more", async () => {
    failWith("3040: Capacity temporarily exceeded");
    await analyze(photo);
    await env.DB.prepare("UPDATE model_states SET since = since - 300000").run();
    expect(await health()).toMatchObject({ status: "degraded", models: [{ state: "busy" }] });
  });
});

describe("the stored states of models", () => {
  const seenAt = (lastAt: number, kind: "busy" | "misconfigured" = "busy") =>
    writeModelState(db, { model: "@cf/a", kind, lastAt, detail: "…" });
  const stateAt = async (now: number) => (await modelsInTrouble(db, now))[0];

  it("go on while their kind is seen again, and are news only once", async () => {
    expect([await seenAt(1_000), await seenAt(2_000), await seenAt(800_000)]).toEqual([true, false, false]);
    expect(await stateAt(800_001)).toMatchObject({ kind: "busy", since: 1_000, lastAt: 800_000 });
  });

  it("begin anew with another kind, and after a quarter of an hour without", async () => {
    await seenAt(1_000);
    expect(await seenAt(2_000, "misconfigured")).toBe(true);
    expect(await stateAt(2_001)).toMatchObject({ kind: "misconfigured", since: 2_000 });
    expect(await seenAt(902_001, "misconfigured")).toBe(true);
    expect(await stateAt(902_002)).toMatchObject({ since: 902_001 });
  });

  it("are not put back by an isolate that saw less", async () => {
    await seenAt(5_000, "misconfigured");
    expect(await seenAt(4_000)).toBe(false);
    expect(await clearModelState(db, "@cf/a", 4_500)).toBe(false);
    expect(await stateAt(5_001)).toMatchObject({ kind: "misconfigured", lastAt: 5_000 });
    expect(await clearModelState(db, "@cf/a", 5_000)).toBe(true);
    expect(await stateAt(5_001)).toBeUndefined();
  });
});

/** The Images binding answers with this code. */
const imagesFailWith = (code: number) =>
  vi.spyOn(env.IMAGES, "input").mockImplementation(() => {
    throw Object.assign(new Error(`IMAGES_TRANSFORM_ERROR ${code}: …`), { code });
  });

describe("while the Images binding is in trouble", () => {
  it.each([
    [9402, "busy"],
    [9422, "quota"],
    [9423, "quota"],
    [9424, "busy"],
    [9432, "misconfigured"],
    [9523, "busy"],
  ])("(%i) a phone's photo is shown to the models as it is, with how it lies", async (code, state) => {
    imagesFailWith(code);
    const result = await analyze(phonePhoto);
    expect(result).toMatchObject({
      ok: true,
      value: { status: "completed", content: { analysis: { warnings: [expect.stringContaining("upright")] } } },
    });
    const asked = JSON.stringify(models.calls.at(-1)?.input);
    expect(asked).toContain("The photo lies on its side: its left edge is the top.");
    expect(asked.length).toBeGreaterThan((phonePhoto.length * 4) / 3);
    expect(await health()).toMatchObject({ models: [{ model: "images", state }] });
  });

  it.each([
    [9402, "service_unavailable", undefined],
    [9422, "quota_exhausted", expect.any(Number)],
    [9432, "model_misconfigured", undefined],
  ])("(%i) a photo that is too large for that waits: %s", async (code, reason, notBefore) => {
    imagesFailWith(code);
    const result = await analyze(jpeg({ width: 4032, height: 3024, bytes: 3_100_000 }));
    expect(result).toMatchObject({ ok: false, error: { reason, detail: expect.stringContaining("Images") } });
    expect(result.ok ? null : result.error.notBefore).toEqual(notBefore);
    expect(models.calls).toEqual([]);
  });
});

describe("a photo that no decoder reads", () => {
  it.each([9412, 9413, 9520])("as the Images binding says itself (%i) ends at once", async (code) => {
    imagesFailWith(code);
    expect(await analyze(phonePhoto)).toMatchObject({ ok: true, value: { failure: { code: "image_unreadable" } } });
    expect((await health()).models).toEqual([]);
  });

  it("ends at once when the binding leaves open why, but does read a good picture", async () => {
    expect(await analyze(phonePhoto)).toMatchObject({ ok: true, value: { failure: { code: "image_unreadable" } } });
    expect((await health()).models).toEqual([]);
  });

  it("is not mistaken for one that met a blip of the binding", async () => {
    const input = env.IMAGES.input.bind(env.IMAGES);
    let asked = 0;
    vi.spyOn(env.IMAGES, "input").mockImplementation((stream) => {
      asked += 1;
      if (asked === 1) throw Object.assign(new Error("Unexpected error response 500"), { code: 9523 });
      return input(stream);
    });
    expect(await analyze(await realPng(1200, 900, 1))).toMatchObject({ ok: true, value: { status: "completed" } });
    expect(JSON.stringify(models.calls.at(-1)?.input)).toContain("data:image/jpeg;base64,");
  });
});

describe("a blip of storage", () => {
  it("after the models' answer does not ask them again", async () => {
    const prepare = env.DB.prepare.bind(env.DB);
    let blips = 2;
    vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
      if (/food/i.test(sql) && models.calls.length > 0 && blips > 0) {
        blips -= 1;
        throw new Error("D1_ERROR: Network connection lost.");
      }
      return prepare(sql);
    });
    expect(await analyze(photo)).toMatchObject({ ok: true, value: { status: "completed" } });
    expect([blips, models.calls.length]).toEqual([0, 1]);
  });

  it("while the photo is read is waited out", async () => {
    vi.spyOn(env.PHOTOS, "get").mockRejectedValueOnce(new Error("get: We encountered an internal error. (10001)"));
    expect(await analyze(photo)).toMatchObject({ ok: true, value: { status: "completed" } });
  });
});
