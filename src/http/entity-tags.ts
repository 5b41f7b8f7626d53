const tagsOf = (header: string): string[] => header.split(",").map((tag) => tag.trim());

const opaquePart = (tag: string): string => tag.replace(/^W\//, "");

/** Whether `If-None-Match` names this tag; the comparison is weak (RFC 9110, section 13.1.2). */
export const isNamedWeakly = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header === "*" || tagsOf(header).some((tag) => opaquePart(tag) === opaquePart(etag)));

/** Whether `If-Match` names this tag; the comparison is strong, so that a weak tag never matches (section 13.1.1). */
export const isNamedStrongly = (header: string, etag: string): boolean =>
  header === "*" || tagsOf(header).includes(etag);
