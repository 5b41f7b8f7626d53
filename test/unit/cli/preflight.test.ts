import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { argumentProblem, installProblem, nodeProblem, parsePort, portProblem } from "../../../src/cli/preflight.mjs";

describe("the Node.js that runs it", () => {
  it("is good enough when it runs TypeScript", () => {
    expect(nodeProblem("24.0.0", true)).toBeNull();
  });

  it("is named together with the way out when it does not", () => {
    expect(nodeProblem("20.20.2", false)).toMatch(/22\.18 or newer.*20\.20\.2.*`npm ci`/);
  });
});

describe("the port", () => {
  it.each([
    [undefined, 8787],
    ["", 8787],
    ["9000", 9000],
    ["1", 1],
    ["65535", 65_535],
  ])("of PORT=%s is %s", (text, port) => {
    expect(parsePort(text)).toBe(port);
  });

  it.each(["0", "65536", "-1", "80.5", "1e3", " 80", "abc", "123456"])("is refused when PORT is %j", (text) => {
    expect(parsePort(text)).toBeNull();
  });

  it("is taken when somebody listens on it", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };

    expect(await portProblem(port)).toMatch(`Port ${port} is in use`);
  });
});

describe("the installation", () => {
  const root = mkdtempSync(join(tmpdir(), "morsel-install-"));
  const platform = { optional: true, os: [process.platform], cpu: [process.arch] };
  const lock = {
    packages: {
      "": {},
      "node_modules/wrangler": {},
      "node_modules/@cloudflare/workerd-here": platform,
      "node_modules/@cloudflare/workerd-elsewhere": { ...platform, os: ["another"] },
      "node_modules/node-here": platform,
    },
  };
  const install = (...paths: string[]) => {
    onTestFinished(() => rmSync(root, { recursive: true }));
    for (const path of paths) {
      mkdirSync(join(root, "node_modules", path), { recursive: true });
      writeFileSync(join(root, "node_modules", path, "package.json"), "{}");
    }
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock));
  };

  it("is complete without the packages of other machines and those that only help", () => {
    install("wrangler", "@cloudflare/workerd-here");

    expect(installProblem(root)).toBeNull();
  });

  it.each([
    ["wrangler", ["@cloudflare/workerd-here"]],
    ["@cloudflare/workerd-here", ["wrangler"]],
  ])("is not complete without %s", (missing, installed) => {
    install(...installed);

    expect(installProblem(root)).toMatch(new RegExp(`\\(${missing} is missing\\).*\`npm ci\``));
  });
});

describe("an argument of npm start", () => {
  it("is refused, with the way to say it", () => {
    expect(argumentProblem([])).toBeNull();
    expect(argumentProblem(["--port", "8080"])).toMatch(/"--port".*PORT=8080 npm start/);
  });
});
