import type { ApiResponse, ApiContent, ApiOperation } from "../../openapi/api-document.ts";
import { Prose } from "../prose.tsx";
import { shownJson } from "./curl.ts";
import { Joined, TypeName } from "./type-name.tsx";

/** What a body or a response is, with examples to unfold. */
export const ResponseContent = ({ mediaType, content }: { mediaType: string; content: ApiContent }) => {
  const examples = Object.values(content.examples ?? {}).flatMap((example) => ("value" in example ? [example] : []));
  return (
    <>
      {content.schema !== undefined && (
        <p class="type">
          {mediaType === "application/json" ? "" : `${mediaType}: `}
          <TypeName schema={content.schema} />
        </p>
      )}
      {examples.map(({ summary, value }) => (
        <details>
          <summary>{summary}</summary>
          <pre tabindex={0}>
            <code>{typeof value === "string" ? value : shownJson(value)}</code>
          </pre>
        </details>
      ))}
    </>
  );
};

/** Every answer has these, and the page says so once. */
const EVERYWHERE = new Set(["x-request-id", "RateLimit", "RateLimit-Policy"]);

const SuccessResponse = ({ status, answer }: { status: string; answer: ApiResponse }) => {
  const headers = Object.keys(answer.headers ?? {}).filter((name) => !EVERYWHERE.has(name));
  return (
    <div>
      <dt>
        <span class="status">{status}</span>
      </dt>
      <dd>
        <p>
          <Prose text={answer.description} />
          {headers.length > 0 && (
            <span class="type">
              {" "}
              with{" "}
              <Joined
                items={headers.map((name) => (
                  <a href={`#header-${name}`}>{name}</a>
                ))}
                between=", "
              />
            </span>
          )}
        </p>
        {Object.entries(answer.content ?? {}).map(([mediaType, content]) => (
          <ResponseContent mediaType={mediaType} content={content} />
        ))}
      </dd>
    </div>
  );
};

/** What every call with a token may answer besides, and the page says so once. */
const COMMON_ERRORS = new Set(["401", "429", "500"]);

const isError = ({ content = {} }: ApiResponse): boolean => "application/problem+json" in content;

const ErrorResponse = ({ status, answer }: { status: string; answer: ApiResponse }) => (
  <div>
    <dt>
      <span class="status bad">{status}</span>
    </dt>
    <dd>
      <Joined
        items={Object.keys(answer.content?.["application/problem+json"]?.examples ?? {}).map((code) => (
          <a href={`/problems/${code}`}>
            <code>{code}</code>
          </a>
        ))}
        between=", "
      />
    </dd>
  </div>
);

/** Every answer of an operation: the good ones whole, the errors as links to their pages. */
export const OperationResponses = ({ operation }: { operation: ApiOperation }) => {
  const answers = Object.entries(operation.responses);
  const isOwn = ([status]: [string, ApiResponse]) => operation.security.length === 0 || !COMMON_ERRORS.has(status);
  return (
    <dl class="answers">
      {answers
        .filter(([, answer]) => !isError(answer))
        .map(([status, answer]) => (
          <SuccessResponse status={status} answer={answer} />
        ))}
      {answers
        .filter(([, answer]) => isError(answer))
        .filter(isOwn)
        .map(([status, answer]) => (
          <ErrorResponse status={status} answer={answer} />
        ))}
    </dl>
  );
};
