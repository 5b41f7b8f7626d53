import { loadGraphModelSync } from "@tensorflow/tfjs-converter";
import * as tf from "@tensorflow/tfjs-core";
// By path, because the package's exports map does not list its models.
import weights from "../../node_modules/@vladmandic/human/models/centernet.bin";
import graph from "../../node_modules/@vladmandic/human/models/centernet.json";
import { startTensorflow } from "./tfjs-wasm.ts";
import { VIEW_SIDE_PX, type View } from "./views.ts";

/** 100 x (x1, y1, x2, y2, score, class). The graph's other outputs are what these are computed from. */
const DETECTIONS_NODE = "tower_0/detections";

/** Shows the network one view; its raw output, in pixels of the view (`readDetections`). */
export type Network = (view: View) => Float32Array;

/**
 * CenterNet on MobileNetV3, trained on COCO, from the package `@vladmandic/human`. It wants RGB values of 0-255 as
 * they are, without mean or deviation. About 0.2 s a view on one core.
 */
export async function loadCenternet(): Promise<Network> {
  await startTensorflow();
  const model = loadGraphModelSync([graph as tf.io.ModelJSON, weights]);
  return (view) =>
    tf.tidy(() => {
      const input = tf.tensor4d(new Float32Array(view.pixels), [1, VIEW_SIDE_PX, VIEW_SIDE_PX, 3]);
      const output = model.execute(input, DETECTIONS_NODE) as tf.Tensor;
      return output.dataSync<"float32">();
    });
}
