const GRADES = ["A", "B", "C", "D", "E"];

/** The grade among its five; for ears, one sentence. */
export const NutriScoreCard = ({ grade }: { grade: string }) => (
  <div class="score" role="img" aria-label={`Nutri-Score ${grade}, on a scale from A, the best, to E`}>
    <span class="score-name" aria-hidden="true">
      Nutri-Score
    </span>
    <span class="grades" aria-hidden="true">
      {GRADES.map((each) => (
        <span class={`grade grade-${each.toLowerCase()}${each === grade ? " is" : ""}`}>{each}</span>
      ))}
    </span>
  </div>
);
