import type { RecordResponse } from "../../../records/responses.ts";
import type { Ingredient, NutritionRecord, RecordContent } from "../../../records/record.ts";
import type { TimelineResponse } from "../../../http/bodies/record-bodies.ts";
import { ConsolePage } from "../console-page.tsx";
import type { ConsoleSession } from "../../form.tsx";
import { formatAmount, formatBytes, formatCount, formatPercent } from "../../format.ts";
import { FoldedJson, RecordBadge, Table } from "../../parts.tsx";
import { Time } from "../../time.tsx";
import { Timeline } from "./timeline.tsx";

/** What a record's page shows. */
export interface ShownRecord {
  record: NutritionRecord;
  timeline: TimelineResponse;
  applicationName: string;
  /** Whether the photo is still stored. */
  hasPhoto: boolean;
}

const Facts = ({ record, applicationName }: ShownRecord) => (
  <dl class="facts pairs">
    <div>
      <dt>Id</dt>
      <dd>
        <code>{record.id}</code>
      </dd>
    </div>
    <div>
      <dt>User</dt>
      <dd>
        <a href={`/console/records?${new URLSearchParams({ q: record.userId }).toString()}`}>{record.userId}</a>
      </dd>
    </div>
    <div>
      <dt>Application</dt>
      <dd>
        <a href={`/console/applications/${record.applicationId}`}>{applicationName}</a>
      </dd>
    </div>
    <div>
      <dt>Uploaded</dt>
      <dd>
        <Time at={record.uploadedAt} />
      </dd>
    </div>
    <div>
      <dt>Consumed</dt>
      <dd>{record.consumedAt === null ? "not yet: a planned meal" : <Time at={record.consumedAt} />}</dd>
    </div>
  </dl>
);

const Input = ({ record, hasPhoto }: ShownRecord) => {
  const { photo, inputText } = record;
  if (inputText !== null) {
    return (
      <section class="card" aria-labelledby="input">
        <h2 id="input">The sentence</h2>
        <blockquote>{inputText}</blockquote>
      </section>
    );
  }
  if (photo === null) return <></>;
  return (
    <section class="card" aria-labelledby="input">
      <h2 id="input">The photo</h2>
      {hasPhoto ? (
        <img class="photo" src={`/console/records/${record.id}/image`} alt="The uploaded photo" />
      ) : (
        <p>The photo is no longer stored: photos are deleted after the application’s retention period.</p>
      )}
      <p class="quiet small">
        {photo.format.toUpperCase()}, {photo.width} × {photo.height}, {formatBytes(photo.bytes)}
      </p>
    </section>
  );
};

const IngredientRow = ({ ingredient }: { ingredient: Ingredient }) => (
  <tr>
    <td>
      {ingredient.name}
      {ingredient.foodSource !== null && (
        <div class="quiet small">
          {ingredient.foodSource.table} {ingredient.foodSource.id}, match {formatPercent(ingredient.foodSource.match)}
        </div>
      )}
    </td>
    <td class="number">
      {formatAmount(ingredient.setServingSize ?? ingredient.servingSize)} {ingredient.unit}
    </td>
    <td class="number">
      {ingredient.nutrients?.energy_kcal === undefined ? "–" : `${formatCount(ingredient.nutrients.energy_kcal)} kcal`}
    </td>
    <td class="number">{ingredient.confidence === null ? "–" : formatPercent(ingredient.confidence)}</td>
  </tr>
);

const INGREDIENTS_HEAD = (
  <>
    <th scope="col">Food</th>
    <th scope="col" class="number">
      Amount
    </th>
    <th scope="col" class="number">
      Energy
    </th>
    <th scope="col" class="number">
      Confidence
    </th>
  </>
);

const BASICS = [
  ["energy_kcal", "Energy", "kcal"],
  ["carbohydrate_g", "Carbohydrate", "g"],
  ["protein_g", "Protein", "g"],
  ["fat_total_g", "Fat", "g"],
] as const;

const Analysis = ({ content, shown }: { content: RecordContent; shown: RecordResponse }) => {
  const { analysis } = content;
  const [low, high] = analysis?.energyKcalRange ?? [];
  return (
    <section class="card" aria-labelledby="analysis">
      <h2 id="analysis">{analysis === null ? "Manual entry" : "Analysis"}</h2>
      {content.dishDescription !== null && <p>{content.dishDescription}</p>}
      <dl class="facts pairs">
        {BASICS.map(([field, name, unit]) => (
          <div>
            <dt>{name}</dt>
            <dd>
              {shown.nutritional_fields?.[field] === undefined
                ? "–"
                : `${formatAmount(shown.nutritional_fields[field])} ${unit}`}
            </dd>
          </div>
        ))}
      </dl>
      {content.ingredients.length > 0 && (
        <Table label="Ingredients" head={INGREDIENTS_HEAD}>
          {content.ingredients.map((ingredient) => (
            <IngredientRow ingredient={ingredient} />
          ))}
        </Table>
      )}
      {analysis !== null && (
        <p class="quiet small">
          {analysis.models.length === 0 ? "Read by the built-in parser" : analysis.models.join(", ")}, {analysis.mode}
          {analysis.cached && ", reused from an earlier analysis"}; {formatPercent(analysis.confidence)} confidence
          {low !== undefined && high !== undefined && `, ${formatCount(low)}–${formatCount(high)} kcal likely`}.
        </p>
      )}
      {analysis !== null && analysis.warnings.length > 0 && (
        <ul class="small">
          {analysis.warnings.map((warning) => (
            <li>{warning}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** One record: what came in, what was found, and what happened to it. */
export const RecordDetailsPage = ({ session, shown }: { session: ConsoleSession; shown: ShownRecord }) => {
  const { record, timeline } = shown;
  const name = record.content?.dishName ?? `Record of ${record.userId}`;
  return (
    <ConsolePage title={name} session={session} place="/console/records">
      <p class="crumbs">
        <a href="/console/records">Records</a>
      </p>
      <div class="title">
        <h1>{name}</h1>
        <RecordBadge status={record.status} />
      </div>
      <Facts {...shown} />
      {record.failure !== null && (
        <div class={record.status === "failed" ? "notice bad" : "notice"}>
          <p>
            <strong>{record.failure.code}</strong>: {record.failure.reason}
          </p>
        </div>
      )}
      <div class="columns">
        <div>
          <Input {...shown} />
          {record.content !== null && <Analysis content={record.content} shown={timeline.record} />}
        </div>
        <section class="card" aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          <p>Times in UTC, and relative to the upload.</p>
          <Timeline entries={timeline.entries} />
        </section>
      </div>
      <section class="card" aria-labelledby="raw">
        <h2 id="raw">Raw JSON</h2>
        <FoldedJson summary="As returned to its owner" value={timeline.record} />
        <FoldedJson summary="As stored" value={record} />
      </section>
    </ConsolePage>
  );
};
