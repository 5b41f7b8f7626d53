import type { Erasure } from "../../../erasure/erasure.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { Time } from "../../time.tsx";

/** The receipt of an application's erasure, with its progress. */
export const DeletedPage = ({ session, erasure }: { session: ConsoleSession; erasure: Erasure }) => (
  <ConsolePage title="Deletion" session={session} place="/console">
    <p class="crumbs">
      <a href="/console">Applications</a>
    </p>
    <div class="title">
      <h1>Application {erasure.applicationId} is deleted</h1>
      <span class={erasure.status === "done" ? "badge good" : "badge warn"}>
        {erasure.status === "done" ? "Done" : "Erasing"}
      </span>
    </div>
    <div class="card reading">
      <p>
        {erasure.status === "done"
          ? "All of its data has been erased."
          : "Its access is already revoked. Erasure runs for at least five minutes, so that anything still being stored by earlier requests is erased too."}
      </p>
      <dl class="terms">
        {[
          ["Records", erasure.records],
          ["Photos", erasure.photos],
          ["Deliveries", erasure.deliveries],
        ].map(([name, count]) => (
          <div>
            <dt>{name}</dt>
            <dd class="number">{count}</dd>
          </div>
        ))}
        <div>
          <dt>Receipt</dt>
          <dd>
            <code>{erasure.id}</code>
          </dd>
        </div>
        <div>
          <dt>Requested</dt>
          <dd>
            <Time at={erasure.startedAt} />
          </dd>
        </div>
      </dl>
      <div class="actions">
        <a class="button" href={`/console/applications/${erasure.applicationId}/erasures/${erasure.id}`}>
          Refresh
        </a>
      </div>
    </div>
  </ConsolePage>
);
