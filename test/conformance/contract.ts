import { administration, errors } from "./chapters/errors-and-limits.ts";
import { dropIn } from "./chapters/drop-in.ts";
import { changes, lists } from "./chapters/lists-and-changes.ts";
import { otherInputs } from "./chapters/other-inputs.ts";
import { polling } from "./chapters/polling.ts";
import { records } from "./chapters/records.ts";
import { tokens } from "./chapters/tokens.ts";
import { uploads } from "./chapters/uploads.ts";
import { webhooks } from "./chapters/webhooks.ts";
import type { Sentence } from "./sentence.ts";

/** Every sentence of the contract that can be seen from outside. */
export const CONTRACT: readonly Sentence[] = [
  ...tokens,
  ...uploads,
  ...records,
  ...polling,
  ...lists,
  ...changes,
  ...otherInputs,
  ...webhooks,
  ...errors,
  ...administration,
  ...dropIn,
];
