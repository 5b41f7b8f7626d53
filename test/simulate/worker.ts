/** A process of `hunt.ts`: runs the seeds that it is told to. */
import type { WorkerTask } from "./hunt.ts";
import { reportSeed } from "./report-seed.ts";
import { openWorkshop } from "./workshop.ts";

const workshop = await openWorkshop(process.argv[2] ?? null);
process.on("message", (task: WorkerTask) => void reportSeed(workshop, task).then((report) => process.send?.(report)));
process.send?.("ready");
