import type { ApiDocument } from "../../openapi/api-document.ts";
import { SEARCH_SCRIPT_PATH } from "../assets/paths.ts";
import { Page } from "../layout.tsx";
import { Paragraphs } from "../prose.tsx";
import { Contents, groupsOf } from "./contents.tsx";
import { OperationSection } from "./operation.tsx";
import { Reference } from "./reference.tsx";
import { Start } from "./start.tsx";
import { Webhook } from "./webhook.tsx";

/** The whole documentation on one page, made from the OpenAPI document alone. */
export const DocsPage = ({ document, origin }: { document: ApiDocument; origin: string }) => {
  const groups = groupsOf(document);
  return (
    <Page title="Documentation" place="/docs" script={SEARCH_SCRIPT_PATH} aside={<Contents groups={groups} />}>
      <Start document={document} origin={origin} />
      {groups.map(({ tag, anchor, description, webhooks, operations }) => (
        <section aria-labelledby={anchor}>
          <h2 id={anchor}>{tag}</h2>
          <Paragraphs text={description} />
          {webhooks.map((webhook) => (
            <Webhook webhook={webhook} />
          ))}
          {operations.map((operation) => (
            <OperationSection operation={operation} document={document} origin={origin} />
          ))}
        </section>
      ))}
      <Reference document={document} />
    </Page>
  );
};
