import { readFileSync } from "node:fs";
import { parse } from "smol-toml";
import { describe, expect, it } from "vitest";
import {
  deriveLocalConfig,
  moveConfig,
  readChatServerVars,
  readOperationsVars,
} from "../../../src/cli/local-config.ts";

const production = parse(readFileSync(new URL("../../../wrangler.toml", import.meta.url), "utf8"));
const local = deriveLocalConfig(production, "../..", 9000);

describe("the local configuration", () => {
  it("differs from the production one in nothing but Workers AI, Images, the variables, observability, the batches and where it lies", () => {
    const differing = [...new Set([...Object.keys(production), ...Object.keys(local)])].filter(
      (key) => JSON.stringify(production[key]) !== JSON.stringify(local[key]),
    );

    expect(differing.sort()).toEqual([
      "ai",
      "d1_databases",
      "images",
      "main",
      "observability",
      "queues",
      "services",
      "vars",
    ]);
  });

  it("takes what one message a batch and many consumers do side by side from one batch", () => {
    type Queues = { producers: unknown; consumers: { queue: string; max_batch_size: number }[] };
    const [there, here] = [production["queues"] as Queues, local["queues"] as Queues];
    expect(there.consumers[0]).toMatchObject({ queue: "morsel-analysis", max_batch_size: 1 });
    expect(here).toEqual({
      ...there,
      consumers: there.consumers.map((consumer) => ({ ...consumer, max_batch_size: 10 })),
    });
  });

  it("binds the local Worker under the names that the production file gives to Workers AI and Images", () => {
    expect([local["ai"], local["images"]]).toEqual([undefined, undefined]);
    expect(local["services"]).toEqual([
      { binding: "AI", service: "morsel-local-ai", entrypoint: "LocalAI" },
      { binding: "IMAGES", service: "morsel-local-ai", entrypoint: "LocalImages" },
    ]);
  });

  it("lists every binding once", () => {
    const names = [...JSON.stringify(local).matchAll(/"(?:binding|name)":"([A-Z_]+)"/g)].map(([, name]) => name);

    expect(names).toHaveLength(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining(["AI", "IMAGES", "DB", "PHOTOS", "ANALYSIS_QUEUE", "RECORDS"]));
  });

  it("finds the program and its migrations from where it lies", () => {
    expect(local["main"]).toBe("../../src/index.ts");
    expect(local["d1_databases"]).toMatchObject([{ binding: "DB", migrations_dir: "../../migrations" }]);
  });

  it("runs the embedded model, on the given port, with webhooks to this machine allowed", () => {
    expect(local["vars"]).toMatchObject({
      PUBLIC_URL: "http://localhost:9000",
      PRECISE_MODELS: "@local/centernet-coco",
      FAST_MODELS: "@local/centernet-coco",
      LABEL_MODELS: "@local/tesseract",
      ALLOW_LOOPBACK_HTTP: "true",
      ADMIN_TOKEN: "local-admin-token",
    });
  });

  it("has a master key of 32 bytes", () => {
    const { MASTER_KEYS: keys } = local["vars"] as { MASTER_KEYS: string };

    expect(Buffer.from(keys.replace("local:", ""), "base64")).toHaveLength(32);
  });

  it("keeps the variables and services that the production file has and the local one does not change", () => {
    const extended = {
      ...production,
      vars: { SOMETHING: "else", PUBLIC_URL: "https://morsel.example.com" },
      services: [{ binding: "OTHER", service: "other" }],
    };

    const derived = deriveLocalConfig(extended, "../..", 9000);

    expect(derived["vars"]).toMatchObject({ SOMETHING: "else", PUBLIC_URL: "http://localhost:9000" });
    expect(derived["services"]).toMatchObject([{ binding: "OTHER" }, { binding: "AI" }, { binding: "IMAGES" }]);
  });
});

it("moves a configuration without a database by its entry alone", () => {
  expect(moveConfig({ name: "helper", main: "index.ts" }, "../../src/helper")).toEqual({
    name: "helper",
    main: "../../src/helper/index.ts",
  });
});

describe("a vision model of one's own", () => {
  it("takes the place of the embedded one, and reads text too", () => {
    const own = deriveLocalConfig(production, "../..", 9000, { LOCAL_VLM_URL: "http://localhost:11434" });
    expect(own["vars"]).toMatchObject({
      PRECISE_MODELS: "@local/vlm",
      FAST_MODELS: "@local/vlm",
      TEXT_MODELS: "@local/vlm",
      LABEL_MODELS: "@local/vlm,@local/tesseract",
    });
    expect(local["vars"]).toMatchObject({ TEXT_MODELS: "", TRANSLATION_MODEL: "" });
  });

  it("is set by LOCAL_VLM_URL, with a model and a key if there are any", () => {
    expect(readChatServerVars({ HOME: "/" })).toEqual({});
    expect(readChatServerVars({ LOCAL_VLM_URL: "", LOCAL_VLM_MODEL: "x" })).toEqual({});
    const set = { LOCAL_VLM_URL: "http://localhost:11434", LOCAL_VLM_MODEL: "llava", LOCAL_VLM_API_KEY: "k" };
    expect(readChatServerVars({ ...set, HOME: "/" })).toEqual(set);
  });

  it.each(["localhost:11434", "ollama", "ftp://localhost/"])("cannot be at %s, and a sentence says so", (url) => {
    expect(readChatServerVars({ LOCAL_VLM_URL: url })).toMatch(/^LOCAL_VLM_URL must be .*http:\/\/localhost:11434/);
  });
});

describe("the operators' webhook", () => {
  const set = {
    OPERATIONS_WEBHOOK_URL: "http://localhost:9999/ops",
    OPERATIONS_WEBHOOK_KEY: "a-key-of-24-bytes-or-more",
  };

  it("is given by the environment, and may be on this machine", () => {
    expect(readOperationsVars({ ...set, HOME: "/" })).toEqual(set);
    expect(deriveLocalConfig(production, "../..", 9000, {}, set)["vars"]).toMatchObject(set);
    expect(readOperationsVars({ HOME: "/" })).toEqual({});
    expect(local["vars"]).toMatchObject({ OPERATIONS_WEBHOOK_URL: "" });
  });

  it("needs its key, and a sentence says so", () => {
    expect(readOperationsVars({ ...set, OPERATIONS_WEBHOOK_KEY: "" })).toMatch(/needs OPERATIONS_WEBHOOK_KEY.*\.$/);
  });
});
