/** The URL of the next page: the same query with another cursor. `origin` is where this service is reached. */
export function nextPage(url: string, origin: string, cursor: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.set("cursor", cursor);
  return `${origin}${pathname}?${searchParams.toString()}`;
}
