const tagsOf = (header: string): string[] => header.split(",").map((tag) => tag.trim());

const opaquePart = (tag: string): string => tag.replace(/^W\//, "");

/**
 * Whether `If-None-Match` or `If-Match` names this tag. A `W/` is ignored in both: proxies that compress responses weaken
 * their tags (RFC 9110, section 8.8.1), while what a tag names here is a version of the record, however it is encoded.
 */
export const isNamed = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header.trim() === "*" || tagsOf(header).some((tag) => opaquePart(tag) === opaquePart(etag)));
