import { parseArgs } from "node:util";
import { CONTRACT } from "./contract.ts";
import { checkAll, printTable } from "./check-all.ts";
import { Morsel } from "./morsel.ts";
import { startReceiver } from "./receiver.ts";

const USAGE = `npm run conformance -- [--base-url http://localhost:8787] [--admin-token local-admin-token] [--only TEXT]

Checks every sentence of the HTTP contract against a running service, from outside. Webhooks come back to this machine,
so the service must be able to reach it: run it against \`npm start\`. The applications that it creates are deleted in the end.`;

/** 128 and the number of SIGINT, as shells have it. */
const INTERRUPTED = 130;

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://localhost:8787" },
    "admin-token": { type: "string", default: "local-admin-token" },
    only: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

/** Checks the sentences and deletes what they have created, however that ends; returns the exit code. */
async function check(morsel: Morsel): Promise<number> {
  const { only } = values;
  const chosen = CONTRACT.filter(({ chapter, says }) =>
    `${chapter} ${says}`.toLowerCase().includes(only.toLowerCase()),
  );
  try {
    const tell = (done: number, of: number) => process.stderr.write(`\r${done} of ${of} sentences checked`);
    const results = await checkAll(chosen, morsel, tell);
    process.stderr.write("\n");
    console.log(printTable(results));
    return results.every(({ flaw }) => flaw === null) ? 0 : 1;
  } finally {
    const left = await morsel.cleanUp();
    if (left.length > 0) console.error(`These applications could not be deleted: ${left.join(", ")}.`);
  }
}

async function main(): Promise<number> {
  const receiver = await startReceiver();
  try {
    const morsel = new Morsel(values["base-url"].replace(/\/$/, ""), values["admin-token"], receiver);
    const obstacle = await morsel.obstacle();
    if (obstacle !== null) {
      console.error(obstacle);
      return 1;
    }
    // What was created until Ctrl-C is deleted too.
    process.once("SIGINT", () => void morsel.cleanUp().finally(() => process.exit(INTERRUPTED)));
    return await check(morsel);
  } finally {
    await receiver.close();
  }
}

if (values.help) console.log(USAGE);
else process.exitCode = await main();
