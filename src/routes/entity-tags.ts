const tagsOf = (header: string): string[] => header.split(",").map((tag) => tag.trim());

/** Whether `If-None-Match` names this tag; the comparison is weak (RFC 9110, section 13.1.2). */
export const isNamedWeakly = (header: string | undefined, etag: string): boolean =>
  header !== undefined && (header === "*" || tagsOf(header).some((tag) => tag.replace(/^W\//, "") === etag));

/** Whether `If-Match` names this tag; the comparison is strong, so that a weak tag never matches (section 13.1.1). */
export const isNamedStrongly = (header: string, etag: string): boolean =>
  header === "*" || tagsOf(header).includes(etag);
