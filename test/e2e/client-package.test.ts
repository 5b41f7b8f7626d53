import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { machineNode } from "../support/node/built-client.ts";
import { ROOT } from "../support/node/running-morsel.ts";

let project: string;

const run = (command: string, args: string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: "utf8" });

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "morsel-consumer-"));
  writeFileSync(join(project, "package.json"), '{ "type": "module" }');
  const tarball = run("npm", ["pack", "--silent", "--pack-destination", project, "./dist/client"], ROOT).trim();
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], project);
});
afterAll(() => rmSync(project, { recursive: true }));

describe("the packed client", () => {
  it("installs offline, alone, and without the service", () => {
    const installed = readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["morsel"]);
    const files = readdirSync(join(project, "node_modules/morsel"));
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "index.d.ts", "index.js", "package.json"]));
    expect(files.filter((file) => !/^(LICENSE|package\.json|[\w-]+(\.d\.ts|\.js))$/.test(file))).toEqual([]);
  });

  it.each([
    ["the toolchain's Node", () => process.execPath],
    ["the machine's own Node", machineNode],
  ])("runs in %s, 20 or newer", (_, node) => {
    const body = '{"record_id":"1","status":"failed"}';
    const consumer = `
      import { createHmac } from "node:crypto";
      import { Morsel, MorselProblem, signLogin, verifyWebhook } from "morsel/client";
      const body = ${JSON.stringify(body)};
      const headers = { "x-body-signature": createHmac("sha256", "key").update(body).digest("hex") };
      const verdict = await verifyWebhook({ headers, body }, "key", { acceptBodySignature: true });
      const morsel = new Morsel({ baseUrl: "http://127.0.0.1:9", token: "t", maxRetries: 0 });
      const failure = await morsel.readRecord("1").catch((error) => error);
      const login = await signLogin({ applicationId: 1, userId: "ada", hmacKey: "k", timestamp: null });
      console.log(verdict.ok, failure instanceof MorselProblem, failure.code, login.signature.length);
    `;
    writeFileSync(join(project, "consumer.js"), consumer);
    expect(run(node(), ["consumer.js"], project).trim()).toBe("true true network_error 64");
  });

  it("type-checks where it is used, with nothing but the platform's types", () => {
    const consumer = `
      import { Morsel, verifyWebhook, type NutritionRecord } from "morsel/client";
      const morsel = new Morsel({ baseUrl: "https://morsel.example.com", getToken: async () => "t" });
      const record: NutritionRecord = await morsel.analyze(new Uint8Array(3), { include_ingredients: true });
      const grams: number | undefined = record.nutritional_fields?.protein_g;
      for await (const { status } of morsel.listRecords({ limit: 2 })) console.log(status satisfies string, grams);
      const verdict = await verifyWebhook(new Request("https://example.com"), ["key"]);
      if (verdict.ok) console.log(verdict.record.dish_name);
      else console.log(verdict.reason);
      // @ts-expect-error An option that there is not.
      await morsel.uploadImage(new Blob([]), { include_everything: true });
      // @ts-expect-error Text is no photo: a path must be called one.
      await morsel.uploadImage("/etc/passwd");
    `;
    writeFileSync(join(project, "consumer.ts"), consumer);
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: "es2022",
      module: "nodenext",
      lib: ["es2022", "dom", "dom.iterable", "dom.asynciterable"],
      types: [],
      noEmit: true,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["consumer.ts"] }));
    expect(run(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc")], project)).toBe("");
  });
});
