import { readJson } from "./transport.ts";

/** The version of each record as a call has responded with it. */
const byObject = new WeakMap<object, string>();
/** The same for copies of it, by record and time of change; null where two versions have the same time. */
const byVersion = new Map<string, string | null>();
/** More copies than one program works with at a time. The oldest are forgotten. */
const MAX_REMEMBERED = 10_000;

function versionOf(record: object): string | null {
  const { record_id: id, modified_at: at } = record as { record_id?: unknown; modified_at?: unknown };
  return typeof id === "string" && typeof at === "string" ? `${id} ${at}` : null;
}

function remember(record: object, etag: string): void {
  byObject.set(record, etag);
  const version = versionOf(record);
  if (version === null) return;
  const known = byVersion.get(version) ?? etag;
  const isAmbiguous = byVersion.get(version) === null || known !== etag;
  byVersion.delete(version);
  byVersion.set(version, isAmbiguous ? null : etag);
  for (const [oldest] of byVersion) {
    if (byVersion.size <= MAX_REMEMBERED) return;
    byVersion.delete(oldest);
  }
}

/**
 * The version of a record, for `ifMatch`. Known of every record that a call has read, waited for or changed, and of
 * its copies, `{ ...record }` among them. The service names no versions in a list: of such a record it is undefined,
 * unless the same version was read by its id too.
 */
export const etagOf = (record: object): string | undefined => {
  const version = versionOf(record);
  return byObject.get(record) ?? (version === null ? null : byVersion.get(version)) ?? undefined;
};

/** The response's JSON, whose version `etagOf` then knows. */
export async function readTagged<Answer extends object>(response: Response): Promise<Answer> {
  const answer = await readJson<Answer>(response);
  // A proxy that compresses makes a tag weak, and a weak one matches nothing.
  const etag = response.headers.get("etag")?.replace(/^W\//, "");
  if (etag !== undefined) remember(answer, etag);
  return answer;
}
