import { readJson, type Call, type Transport } from "./transport.ts";
import type { ListRecordsQuery, NutritionRecord } from "./types.ts";

/**
 * The cursor of the next page; null on the last one. The rest of the URL is left aside: a token never goes where a
 * response says.
 */
function nextCursor(link: string | null): string | null {
  const [, url] = /<([^<>]{1,8192})>;[^,<]{0,200}\brel="?next"?/i.exec(link ?? "") ?? [];
  const [, query = ""] = /\?([^#]*)/.exec(url ?? "") ?? [];
  return new URLSearchParams(query).get("cursor");
}

interface Page {
  records: NutritionRecord[];
  next: string | null;
}

/** The records of a list, one page after the other; a page is fetched when its first record is requested. */
export async function* listPages(
  transport: Transport,
  path: string,
  query: ListRecordsQuery,
  signal: AbortSignal | undefined,
): AsyncGenerator<NutritionRecord, void, undefined> {
  let cursor: string | null | undefined = query.cursor;
  do {
    const call: Call = { method: "GET", path, query: { ...query, cursor }, signal };
    const page = await transport.send(call, async (response): Promise<Page> => ({
      records: await readJson<NutritionRecord[]>(response),
      next: nextCursor(response.headers.get("link")),
    }));
    yield* page.records;
    cursor = page.next;
  } while (cursor !== null);
}
