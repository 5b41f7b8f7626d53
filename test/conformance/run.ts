import { parseArgs } from "node:util";
import { CONTRACT } from "./contract.ts";
import { checkAll, printTable } from "./check-all.ts";
import { Morsel } from "./morsel.ts";
import { startReceiver } from "./receiver.ts";

const USAGE = `npm run conformance -- [--base-url http://localhost:8787] [--admin-token local-admin-token] [--only TEXT]

Checks every sentence of the HTTP contract against a running service, from outside. Webhooks come back to this machine,
so the service must be able to reach it: run it against \`npm start\`.`;

const { values } = parseArgs({
  options: {
    "base-url": { type: "string", default: "http://localhost:8787" },
    "admin-token": { type: "string", default: "local-admin-token" },
    only: { type: "string", default: "" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const receiver = await startReceiver();
  const morsel = new Morsel(values["base-url"].replace(/\/$/, ""), values["admin-token"], receiver);
  const { only } = values;
  const results = await checkAll(
    CONTRACT.filter(({ chapter, says }) => `${chapter} ${says}`.toLowerCase().includes(only.toLowerCase())),
    morsel,
    (done, of) => process.stderr.write(`\r${done} of ${of} sentences checked`),
  );
  process.stderr.write("\n");
  await receiver.close();
  console.log(printTable(results));
  process.exitCode = results.every(({ flaw }) => flaw === null) ? 0 : 1;
}
