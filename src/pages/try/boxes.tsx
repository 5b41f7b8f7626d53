import { uprightSize } from "../../analysis/model-photo.ts";
import type { AnalysisResponse } from "../../records/responses.ts";
import type { StoredPhoto } from "../../records/record.ts";

type Boxes = NonNullable<AnalysisResponse["boxes"]>;

/** The drawing is so many units high, and as wide as the photo's shape says. */
const HEIGHT = 100;
const NAME_SIZE = 5;

/** "3 × orange, banana". */
function countNames(boxes: Boxes): string {
  const counts = new Map<string, number>();
  for (const { name } of boxes) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`)).join(", ");
}

/** Where the model saw each piece, drawn over the photo: its shape is the photo's, so that both fit the frame alike. */
export const FoundBoxes = ({ boxes, photo }: { boxes: Boxes; photo: StoredPhoto }) => {
  const { width, height } = uprightSize(photo);
  const across = (HEIGHT * width) / height;
  return (
    <svg class="boxes" viewBox={`0 0 ${across} ${HEIGHT}`} role="img" aria-label={`Marked: ${countNames(boxes)}`}>
      {boxes.map((box) => (
        <g>
          <rect x={box.x * across} y={box.y * HEIGHT} width={box.width * across} height={box.height * HEIGHT} rx="1" />
          <text x={box.x * across + 1} y={box.y * HEIGHT + NAME_SIZE} font-size={NAME_SIZE}>
            {box.name}
          </text>
        </g>
      ))}
    </svg>
  );
};
