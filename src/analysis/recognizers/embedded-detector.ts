import { z } from "zod";
import { fail, ok } from "../../result.ts";
import { detectorWarnings } from "./detector-warnings.ts";
import { type FusedFood, fuseViews, isFoodPresent } from "./fuse-views.ts";
import { PIECE_WEIGHTS } from "./piece-weights.ts";
import type { Recognizer, SeenFood, Recognition } from "./recognizer.ts";
import { firstIssue } from "./json-output.ts";

/** The network has this many output rows a view. */
const MAX_DETECTIONS = 100;
/** Right edges may miss 1 by a rounding error. */
const ROUNDING = 1e-6;

const fraction = z.number().min(0).max(1);

const boxSchema = z
  .object({ x: fraction, y: fraction, width: fraction, height: fraction })
  .refine((box) => box.x + box.width <= 1 + ROUNDING && box.y + box.height <= 1 + ROUNDING, "reaches out of the photo");

const detectionsSchema = z.array(z.object({ label: z.string(), score: fraction, box: boxSchema })).max(MAX_DETECTIONS);

const answerSchema = z.object({
  model: z.literal("centernet-mobilenetv3-coco"),
  views: z.tuple([
    z.object({ view: z.literal("stretch"), detections: detectionsSchema }),
    z.object({ view: z.literal("padded"), detections: detectionsSchema }),
  ]),
});

/**
 * The small detector that the `local-ai` Worker serves as `@local/centernet-coco`. It names ten foods and counts them;
 * its output is a suggestion for a person to confirm, and every result says so.
 */
export const embeddedDetector: Recognizer = {
  promptVersion: null,
  buildInput: ({ bytes, orientation }) => ({ image: bytes, orientation }),

  readOutput(output) {
    const parsed = answerSchema.safeParse(output);
    if (!parsed.success) return fail({ reason: "bad_answer", detail: firstIssue(parsed.error) });
    const [stretch, padded] = parsed.data.views;
    const views = { stretch: stretch.detections, padded: padded.detections };
    return ok(describe(fuseViews(views), isFoodPresent(views)));
  },
};

const describe = (foods: FusedFood[], foodPresent: boolean): Recognition => ({
  dishName: null,
  description: null,
  foods: foods.map(toSeenFood),
  foodPresent,
  warnings: detectorWarnings(foods),
});

function toSeenFood({ label, score, boxes }: FusedFood): SeenFood {
  const { grams, range } = PIECE_WEIGHTS[label];
  const pieces = boxes.length;
  return {
    name: label,
    grams: pieces * grams,
    sizeRange: [pieces * range[0], pieces * range[1]],
    confidence: score,
    boxes,
  };
}
