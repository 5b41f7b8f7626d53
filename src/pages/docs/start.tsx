import type { ApiDocument } from "../../openapi/api-document.ts";
import { SAMPLE_LOGIN } from "../../openapi/samples.ts";
import { Paragraphs, Prose } from "../prose.tsx";
import { START } from "./contents.tsx";

/** Commands that lead from the local application's key to a record. */
const firstSteps = (origin: string): string =>
  [
    `TOKEN=$(curl -s -X POST ${origin}/auth/hmac \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(SAMPLE_LOGIN)}' |`,
    `  sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    ``,
    `curl -X POST ${origin}/nutrition_records/image \\`,
    `  -H "Authorization: Bearer $TOKEN" -H 'Content-Type: image/jpeg' --data-binary @photo.jpg`,
    ``,
    `curl ${origin}/nutrition_records -H "Authorization: Bearer $TOKEN"`,
  ].join("\n");

/** How to get from nothing to a first record. */
export const Start = ({ document, origin }: { document: ApiDocument; origin: string }) => (
  <section aria-labelledby={START}>
    <h1>{document.info.title} API</h1>
    <Paragraphs text={document.info.description} />
    <h2 id={START}>Getting started</h2>
    <p>
      Get a token, upload a photo, and read the result. These commands work with <code>npm start</code>, whose local
      application has a publicly known key:
    </p>
    <pre tabindex={0}>
      <code>{firstSteps(origin)}</code>
    </pre>
    <p>
      <Prose text="The examples below use `$TOKEN` in this way; those for the administrator use `$ADMIN_TOKEN`." />
    </p>
    <h2>Errors and common headers</h2>
    <p>
      <Prose text="Every response has `x-request-id`. Every error is `application/problem+json`, with a `code` for programs and a page that explains it: see " />
      <a href="/problems">all errors</a>
      <Prose text=". Calls that need a token can return 401 or 429, and any call can return 500; these are not repeated below." />
    </p>
  </section>
);
