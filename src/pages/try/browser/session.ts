import { Morsel } from "../../../client/morsel.ts";
import { parseProblem } from "../../../client/problem.ts";
import type { AccessToken } from "../../../client/types.ts";
import { lostConnection } from "./connection.ts";

/** An access token for the visitor. The first one comes with the cookie that makes them known. */
async function getToken(): Promise<string> {
  const response = await fetch("/try/session", { method: "POST" }).catch((error: unknown) => {
    throw lostConnection(error);
  });
  if (!response.ok) throw parseProblem(response, await response.text(), Date.now());
  return ((await response.json()) as AccessToken).access_token;
}

/** Calls the API as the visitor. */
export const morsel = new Morsel({ baseUrl: location.origin, getToken });
