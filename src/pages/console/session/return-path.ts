const HOME = "/console";
/** Placeholder for this origin: a path that leads to another origin is not a valid return path. */
const OWN = "https://console.invalid";

const isConsolePath = (path: string): boolean => path === HOME || path.startsWith(`${HOME}/`);

/**
 * Where to continue after signing in: a page of the console, or its first one when the text leads anywhere else. The
 * text is read as a browser reads it, which takes `\` for `/`, and goes where two slashes say.
 */
export function returnPath(text: string | undefined): string {
  const url = URL.parse(text ?? HOME, OWN);
  if (url === null || url.origin !== OWN || !isConsolePath(url.pathname)) return HOME;
  return `${url.pathname}${url.search}`;
}

/** The sign-in page, from which one gets back to this path. */
export const signInPath = (path: string): string =>
  path === HOME ? `${HOME}/sign-in` : `${HOME}/sign-in?${new URLSearchParams({ to: path }).toString()}`;
