import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import type { DeliveryRow } from "../../db/deliveries.ts";
import { progressOf } from "../../records/history.ts";
import { entityTag, presentRecord } from "../../records/present.ts";
import type { NutritionRecord } from "../../records/record.ts";
import { isFinal } from "../../records/transitions.ts";
import { TRY_SCRIPT_PATH, TRY_STYLESHEET_PATH } from "../assets/paths.ts";
import { Ask } from "../ask.tsx";
import { Page } from "../layout.tsx";
import { Exchange, type WebhookState } from "./exchange.tsx";
import { Ingredients } from "./ingredients.tsx";
import { shownNumber } from "./shown-number.ts";
import { NutrientTable } from "./nutrients.tsx";
import { Failed, Headline, Plate } from "./result.tsx";
import { TroubleTemplate } from "./trouble.tsx";
import { UnderWay } from "./under-way.tsx";

export interface RecordPageProps {
  record: NutritionRecord;
  deliveries: readonly DeliveryRow[];
  webhook: WebhookState;
  origin: string;
}

/** Browsers without a script ask again on their own, every two seconds. */
const ASK_AGAIN = raw('<noscript><meta http-equiv="refresh" content="2"></noscript>');

const Outcome = (props: RecordPageProps) => {
  const record = presentRecord(props.record);
  const etag = entityTag(props.record);
  const isFound = record.nutritional_fields !== undefined;
  return (
    <article class="outcome" data-record={record.record_id} data-version={etag} data-result>
      <div class="beside">
        <Plate
          recordId={record.record_id}
          alt={record.dish_name ?? "Your photo"}
          photo={props.record.photo}
          boxes={record.analysis?.boxes}
        />
        <div class="actions">
          <a class="button" href="/">
            Try another photo
          </a>
          <Ask act="Delete this one">
            <p>The photo and everything that was found in it are deleted. This cannot be undone.</p>
            <form method="post" action={`/try/records/${record.record_id}/delete`} data-delete>
              <button class="danger">Delete permanently</button>
            </form>
          </Ask>
        </div>
      </div>
      <div class="facts">
        {isFound ? (
          <Headline record={record} ingredients={props.record.content?.ingredients ?? []} />
        ) : (
          <Failed record={record} />
        )}
        {record.ingredients !== undefined && record.ingredients.length > 0 && (
          <Ingredients
            recordId={record.record_id}
            etag={etag}
            ingredients={record.ingredients}
            provenance={record.analysis?.ingredients ?? []}
          />
        )}
        {isFound && (
          <NutrientTable
            nutrients={record.nutritional_fields ?? {}}
            size={`${shownNumber(record.serving_size ?? 0)} ${record.unit ?? "g"}`}
          />
        )}
        <Exchange {...props} />
      </div>
    </article>
  );
};

/** A visitor's record: on its way, failed, or with everything that is known of it. */
export const RecordPage = (props: RecordPageProps) => {
  const { record } = props;
  const isOver = isFinal(record.status);
  const title = isOver ? (record.content?.dishName ?? "The analysis failed") : "Analyzing your photo";
  return (
    <Page
      title={title}
      place="/"
      stylesheet={TRY_STYLESHEET_PATH}
      script={TRY_SCRIPT_PATH}
      head={isOver ? null : ASK_AGAIN}
    >
      {isOver ? <Outcome {...props} /> : <UnderWay record={{ id: record.id, ...progressOf(record.status) }} />}
      <template id="trouble">
        <TroubleTemplate title="" detail="" code={null} />
      </template>
    </Page>
  );
};

/** Shown if the visitor has no such record, or is no longer known. */
export const MissingRecordPage = () => (
  <Page title="Not found" place="/" stylesheet={TRY_STYLESHEET_PATH}>
    <TroubleTemplate
      title="Not found"
      detail="Only the browser that uploaded a photo can see its result, for one week. This browser did not upload it, or the record was deleted."
      code="not_found"
    />
  </Page>
);

/** Shown if a form was rejected. */
export const TroublePage = ({ children, title }: { title: string; children: Child }) => (
  <Page title={title} place="/" stylesheet={TRY_STYLESHEET_PATH}>
    {children}
  </Page>
);
