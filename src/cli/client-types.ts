import { readFile } from "node:fs/promises";
import { format, type FormatOptions } from "oxfmt";
import { readApiDocument } from "./api-document.ts";
import { typescriptTypes } from "./typescript-types.ts";

const HEADER = `// Made by \`npm run client-types\` from the OpenAPI document. Do not edit.
/* oxlint-disable max-lines -- one file, so that it can be taken along */`;

/** The file with the client's types. */
export const CLIENT_TYPES_FILE = new URL("../client/types.ts", import.meta.url);

/** What that file should have in it: plain types, formatted as everything here is. */
export async function clientTypes(): Promise<string> {
  const types = typescriptTypes(await readApiDocument("https://morsel.example.com"));
  const config = await readFile(new URL("../../.config/oxfmt.json", import.meta.url), "utf8");
  const { code, errors } = await format("types.ts", `${HEADER}\n\n${types}\n`, JSON.parse(config) as FormatOptions);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return code;
}
