import type { FindQuery, FoundPage, FoundRecord } from "../../../db/found-records.ts";
import { MAX_LOOKED_AT } from "../../../db/found-records.ts";
import { STATUSES } from "../../../records/record.ts";
import { isFinal } from "../../../records/transitions.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { formatCount, formatDuration, shortId } from "../../format.ts";
import { Choice, Pages, RecordBadge, Table } from "../../parts.tsx";
import { ReanalysisCard } from "../reanalyses/form-card.tsx";
import { Due, Time } from "../../time.tsx";

/** An application's name, by its id. */
export type ApplicationNames = ReadonlyMap<number, string>;

const HOME = "/console/records";

/** The address of this list with these filters, from a place on. */
function listPath({ q, status, applicationId }: FindQuery, cursor: string | null): string {
  const filters = { q, status, application_id: applicationId === null ? null : String(applicationId), cursor };
  const given = Object.entries(filters).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return given.length === 0 ? HOME : `${HOME}?${new URLSearchParams(given).toString()}`;
}

const Filters = ({ query, names }: { query: FindQuery; names: ApplicationNames }) => (
  <form class="filters" method="get" action={HOME} role="search">
    <div class="field grow">
      <label for="q">Record or user</label>
      <input
        id="q"
        name="q"
        type="search"
        value={query.q ?? ""}
        maxlength={128}
        placeholder="complete user id, or record id"
        aria-describedby="q-hint"
      />
    </div>
    <Choice
      name="status"
      label="Status"
      value={query.status ?? ""}
      options={[["", "Any"], ...STATUSES.map((status) => [status, status] as const)]}
    />
    <Choice
      name="application_id"
      label="Application"
      value={String(query.applicationId ?? "")}
      options={[["", "Any"], ...[...names].map(([id, name]) => [String(id), `${id} · ${name}`] as const)]}
    />
    <button>Show</button>
  </form>
);

const SearchHint = () => (
  <p class="hint" id="q-hint">
    Search for a record’s id or at least its first eight digits, or for a user’s complete id, in its own letter case.
  </p>
);

const NAMELESS = { image: "Photo", label: "Label", text: "Sentence", manual: "Manual entry" } as const;

const Row = ({ record, names, now }: { record: FoundRecord; names: ApplicationNames; now: number }) => (
  <tr>
    <td>
      <a class="name" href={`${HOME}/${record.id}`}>
        {record.dishName ?? NAMELESS[record.inputType]}
      </a>
      <div class="quiet small">
        <code>{shortId(record.id)}</code> · {record.inputType}
      </div>
    </td>
    <td>
      <RecordBadge status={record.status} />
      {record.failureCode !== null && record.failureCode !== record.status && (
        <div class="quiet small">{record.failureCode}</div>
      )}
      {record.retry !== null && (
        <div class="quiet small">
          {record.retry.reason}, retry: <Due at={record.retry.at} now={now} />
        </div>
      )}
    </td>
    <td>{record.userId}</td>
    <td>{names.get(record.applicationId) ?? record.applicationId}</td>
    <td>
      <Time at={record.uploadedAt} />
    </td>
    <td class="number">
      {isFinal(record.status) && record.status !== "updated" && record.inputType !== "manual"
        ? formatDuration(record.modifiedAt - record.uploadedAt)
        : "–"}
    </td>
  </tr>
);

const HEAD = (
  <>
    <th scope="col">Dish</th>
    <th scope="col">Status</th>
    <th scope="col">User</th>
    <th scope="col">Application</th>
    <th scope="col">Uploaded</th>
    <th scope="col" class="number">
      Duration
    </th>
  </>
);

const isNarrowed = ({ q, status, applicationId }: FindQuery): boolean =>
  q !== null || status !== null || applicationId !== null;

const Empty = ({ query, next }: { query: FindQuery; next: string | null }) => {
  if (next !== null) {
    return (
      <div class="empty">
        <h2>None among these {formatCount(MAX_LOOKED_AT)} records</h2>
        <p>There are older records. Search for a user or a record to find them directly.</p>
        <p class="actions">
          <a class="button" href={listPath(query, next)}>
            Search older records
          </a>
        </p>
      </div>
    );
  }
  return isNarrowed(query) || query.before !== null ? (
    <div class="empty">
      <h2>No records match</h2>
      <p>Parts of a user’s id, and fewer than eight digits of a record’s, are not searched for.</p>
      <p class="actions">
        <a class="button" href={HOME}>
          Show all
        </a>
      </p>
    </div>
  ) : (
    <div class="empty">
      <h2>No records yet</h2>
      <p>
        They appear here as soon as an app uploads a photo, a sentence or a manual entry. The{" "}
        <a href="/docs">documentation</a> starts with a command that does.
      </p>
    </div>
  );
};

/** Records of all applications, newest first. */
export const RecordListPage = ({
  session,
  query,
  page,
  names,
  now,
}: {
  session: ConsoleSession;
  query: FindQuery;
  page: FoundPage;
  names: ApplicationNames;
  /** Unix milliseconds. */
  now: number;
}) => (
  <ConsolePage title="Records" session={session} place="/console/records">
    <div class="title">
      <h1>Records</h1>
    </div>
    <SearchHint />
    <Filters query={query} names={names} />
    {page.records.length === 0 ? (
      <Empty query={query} next={page.next} />
    ) : (
      <>
        <Table label="Records" head={HEAD}>
          {page.records.map((record) => (
            <Row record={record} names={names} now={now} />
          ))}
        </Table>
        <Pages
          first={query.before === null ? null : listPath(query, null)}
          next={page.next === null ? null : listPath(query, page.next)}
        />
      </>
    )}
    {query.status === "failed" && names.size > 0 && (
      <ReanalysisCard names={names} applicationId={query.applicationId} />
    )}
  </ConsolePage>
);
