import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { signWebhook } from "../../../src/webhooks/signature.ts";
import { DOCUMENTS, NOT_RUN, RUN_BY, samplesOf, sampleWith } from "../../support/node/document-samples.ts";
import { ROOT } from "../../support/node/running-morsel.ts";

const FOLDER = join(ROOT, ".wrangler/test/samples");
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
afterAll(() => rmSync(FOLDER, { recursive: true }));

const samples = DOCUMENTS.flatMap((document) => samplesOf(document));
const inLanguage = (...languages: string[]) => samples.filter(({ language }) => languages.includes(language));
const firstLine = (text: string): string => text.trimStart().split("\n")[0] ?? "";

describe("a sample of the documents", () => {
  it("is in a language that is checked here, or a drawing", () => {
    expect(new Set(samples.map(({ language }) => language))).toEqual(new Set(["sh", "ts", "js", "json", ""]));
    expect(new Set(inLanguage("").map(({ document }) => document))).toEqual(new Set(["docs/architecture.md"]));
  });

  it.each(inLanguage("sh").map(({ document, text }) => [document, firstLine(text), text]))(
    "of commands is run by a test, or has a reason why not: %s, %s",
    (_, __, text) => {
      const known = [...Object.keys(RUN_BY), ...Object.keys(NOT_RUN)].filter((part) => text.includes(part));
      expect(known).toHaveLength(1);
    },
  );

  it("is run by a test that exists, and none is on the list in vain", () => {
    for (const [part, runBy] of Object.entries({ ...RUN_BY, ...NOT_RUN })) {
      expect(
        inLanguage("sh").some(({ text }) => text.includes(part)),
        part,
      ).toBe(true);
      const files = runBy.match(/test\/[\w/-]+\.test\.ts/g) ?? [];
      expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
    }
  });

  it.each(inLanguage("json").map(({ document, text }) => [document, text]))("of JSON is JSON: %s", (_, text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
  });
});

/** What fragments leave to the reader. */
const LEFT_OUT = `
declare const request: Request;
declare const keys: string[];
declare function save(eventId: string | null, record: import("morsel/client").NutritionRecord): Promise<void>;
`;

/** What the compiler says of a sample, as an app of its reader has it; JavaScript is checked for what it can say. */
function complaintsAbout({ text, language }: { text: string; language: string }): string {
  const isTyped = language === "ts";
  writeFileSync(join(FOLDER, "sample.ts"), isTyped ? text : `${LEFT_OUT}${text}`);
  writeFileSync(
    join(FOLDER, "tsconfig.json"),
    JSON.stringify({
      extends: "../../../.config/tsconfig.node.json",
      compilerOptions: {
        noEmit: true,
        noImplicitAny: isTyped,
        noUnusedLocals: false,
        noUnusedParameters: false,
        noImplicitReturns: false,
        paths: CLIENT,
      },
      include: ["sample.ts"],
    }),
  );
  try {
    return execFileSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", FOLDER], {
      encoding: "utf8",
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
const CLIENT = { "morsel/client": [join(ROOT, "src/client/index.ts")] };

describe("a sample of code", () => {
  it.each(inLanguage("ts", "js").map((sample) => [sample.document, firstLine(sample.text), sample] as const))(
    "compiles: %s, %s",
    (_, __, sample) => {
      expect(complaintsAbout(sample)).toBe("");
    },
  );

  it("would be found out: the compiler is strict with it", () => {
    expect(complaintsAbout({ language: "ts", text: "export const name: string = process.env['NAME'];" })).toContain(
      "TS2322",
    );
  });
});

describe("the receiver without the client", () => {
  const body = '{"record_id":"r1","status":"completed"}';
  const KEY = "documented-webhook-key-0123456789";
  const now = () => Math.floor(Date.now() / 1000);

  it("takes what is genuine and fresh, and nothing that is forged or sent again later", async () => {
    const file = join(FOLDER, "receiver.mjs");
    writeFileSync(file, sampleWith("docs/using-the-api.md", "export function isFromMorsel"));
    const { isFromMorsel } = (await import(pathToFileURL(file).href)) as {
      isFromMorsel: (body: Buffer, headers: Record<string, string>, key: string) => boolean;
    };
    const judge = (headers: object, sent = body, key = KEY) => isFromMorsel(Buffer.from(sent), { ...headers }, key);
    const sign = (timestamp: number, keys: readonly [string, ...string[]] = [KEY]) =>
      signWebhook({ keys, eventId: "evt_1", timestamp, body });

    expect(judge(await sign(now()))).toBe(true);
    expect(judge(await sign(now(), ["a-newer-key-0123456789", KEY]))).toBe(true);
    expect(judge(await sign(now() - 299))).toBe(true);
    for (const offset of [-302, 302]) expect(judge(await sign(now() + offset))).toBe(false);
    expect(judge({ ...(await sign(now() - 3_600)), "webhook-timestamp": String(now()) })).toBe(false);
    expect(judge({ ...(await sign(now())), "webhook-id": "evt_2" })).toBe(false);
    expect(judge(await sign(now()), `${body} `)).toBe(false);
    expect(judge(await sign(now()), body, "another-key-0123456789")).toBe(false);
    const bodySignature = createHmac("sha256", KEY).update(body).digest("hex");
    expect(judge({ "x-body-signature": bodySignature })).toBe(false);
    expect(judge({})).toBe(false);
    expect(judge({ "webhook-id": "", "webhook-timestamp": "soon", "webhook-signature": "v1," })).toBe(false);
  });
});

describe("a receiver of the documents", () => {
  it("verifies the signature with a time, and never `x-body-signature` alone", () => {
    const receivers = inLanguage("ts", "js").filter(({ text }) => /timingSafeEqual|verifyWebhook/.test(text));
    expect(receivers.length).toBeGreaterThan(2);
    expect(receivers.filter(({ text }) => /x-body-signature|acceptBodySignature/.test(text))).toEqual([]);
    const own = receivers.filter(({ text }) => text.includes("timingSafeEqual"));
    expect(own.filter(({ text }) => !/webhook-timestamp.*webhook-signature/s.test(text))).toEqual([]);
  });
});
