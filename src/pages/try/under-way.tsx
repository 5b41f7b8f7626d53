import type { Stage } from "../../records/record.ts";
import { STEPS } from "./steps.ts";

/** Where an analysis is, as the server knows it; the script moves it on. */
interface UnderWayProps {
  /** Null while the photo is being uploaded. */
  record: { id: string; stage: Stage; percent: number } | null;
}

/** An analysis that is not over. Without a script the page asks again on its own. */
export const UnderWay = ({ record }: UnderWayProps) => {
  const current = STEPS.findIndex(([step]) => step === (record?.stage ?? "uploading"));
  return (
    <article class="outcome" data-under-way {...(record !== null && { "data-record": record.id })}>
      <div class="plate">
        <img {...(record !== null && { src: `/try/records/${record.id}/image` })} alt="Your photo" />
      </div>
      <div class="facts">
        <h1 tabindex={-1}>Analyzing your photo</h1>
        <p class="now" role="status" data-now>
          {STEPS[current]?.[2]}
        </p>
        <progress max={100} value={record?.percent ?? 0} aria-label="Progress" data-progress />
        <ol class="steps">
          {STEPS.map(([step, name], index) => (
            <li
              data-step={step}
              {...(index < current && { class: "done" })}
              {...(index === current && { "aria-current": "step" })}
            >
              {name}
            </li>
          ))}
        </ol>
      </div>
    </article>
  );
};
