import { expect, it } from "vitest";
import { operation } from "../../src/http/operation.ts";

const ROUTE = {
  id: "readSoup",
  method: "get",
  path: "/soups/{id}",
  tag: "Service",
  summary: "Read a soup",
  responses: { 204: { description: "There is none." } },
  problems: [],
} as const;

it("a route of token holders does not compile without its rate class, and no other has one", () => {
  const handler = () => new Response(null, { status: 204 });
  expect(operation({ ...ROUTE, security: "token", rate: "requests", handler }).rate).toBe("requests");
  expect(operation({ ...ROUTE, security: "public", handler }).rate).toBeUndefined();
  // @ts-expect-error -- a token holder's requests count against one of its quotas
  operation({ ...ROUTE, security: "token", handler });
  // @ts-expect-error -- nobody counts an administrator's requests
  operation({ ...ROUTE, security: "administrator", rate: "requests", handler });
});

it("a handler knows the parameters that are in its path, and no others", () => {
  operation({
    ...ROUTE,
    security: "public",
    handler: (c) => {
      const id: string = c.req.param("id");
      return new Response(id);
    },
  });
  // @ts-expect-error -- there is no such parameter
  operation({ ...ROUTE, security: "public", handler: (c) => new Response(c.req.param("bowl") satisfies string) });
});
