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
    <h2 id={START}>Start here</h2>
    <p>
      Get a token, upload a photo, and ask how it goes. This is how it is done under <code>npm start</code>, whose local
      application signs users with a key that everybody knows:
    </p>
    <pre tabindex={0}>
      <code>{firstSteps(origin)}</code>
    </pre>
    <p>
      <Prose text="The examples below use `$TOKEN` like this; those for the administrator use `$ADMIN_TOKEN`." />
    </p>
    <h2>Errors and common headers</h2>
    <p>
      <Prose text="Every answer has `x-request-id`. Every error is `application/problem+json`, has a `code` for programs and a page that explains it: see " />
      <a href="/problems">all errors</a>
      <Prose text=". Whoever needs a token may be answered 401 or 429, and everybody 500; below they are not repeated." />
    </p>
  </section>
);
