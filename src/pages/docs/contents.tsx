import type { ApiDocument, ApiOperation, PlacedOperation } from "../../openapi/api-document.ts";
import { operationsOf } from "../../openapi/api-document.ts";

/** One section of the documentation. */
export interface Group {
  tag: string;
  anchor: string;
  description: string;
  /** The requests that this service makes of others. */
  webhooks: ApiOperation[];
  operations: PlacedOperation[];
}

/** The document's operations under their headings, in its order. */
export function groupsOf(document: ApiDocument): Group[] {
  const operations = operationsOf(document);
  const webhooks = Object.values(document.webhooks).flatMap((item) => Object.values(item));
  return document.tags
    .map(({ name, description }) => ({
      tag: name,
      anchor: name.toLowerCase().replaceAll(/\W+/g, "-"),
      description,
      webhooks: webhooks.filter(({ tags }) => tags.includes(name)),
      operations: operations.filter(({ tags }) => tags.includes(name)),
    }))
    .filter((group) => group.operations.length > 0);
}

/** The anchors of the sections that are not a group. */
export const START = "start";
export const REFERENCE = "reference";

/** The search and the way to everything on the page. */
export const Contents = ({ groups }: { groups: Group[] }) => (
  <aside class="contents" aria-label="Contents and search">
    <form role="search" action="/docs" class="search">
      <label for="search">Search</label>
      <input id="search" name="q" type="search" placeholder="cancel, ETag, energy_kcal …" autocomplete="off" />
      <p role="status" class="type" data-count></p>
    </form>
    <nav aria-label="Contents">
      <ul>
        <li>
          <a href={`#${START}`}>Getting started</a>
        </li>
        {groups.map(({ tag, anchor, webhooks, operations }) => (
          <li>
            <a href={`#${anchor}`}>{tag}</a>
            <ul>
              {[...webhooks, ...operations].map(({ operationId, summary }) => (
                <li>
                  <a href={`#${operationId}`}>{summary}</a>
                </li>
              ))}
            </ul>
          </li>
        ))}
        <li>
          <a href={`#${REFERENCE}`}>Headers and schemas</a>
        </li>
      </ul>
    </nav>
  </aside>
);
