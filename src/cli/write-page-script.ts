import { writeFile } from "node:fs/promises";
import { PAGE_SCRIPT_FILE, pageScript } from "./page-script.ts";

await writeFile(PAGE_SCRIPT_FILE, await pageScript());
