import apple from "./samples/apple.jpg";
import banana from "./samples/banana.jpg";
import donut from "./samples/donut.jpg";
import orange from "./samples/orange.jpg";
import pizza from "./samples/pizza.jpg";
import stillLife from "./samples/still-life.jpg";

/** A photo to try, for those who have none at hand. */
export interface SamplePhoto {
  /** Its name in paths. */
  id: string;
  title: string;
  bytes: ArrayBuffer;
}

/** All are 720×540; the last one shows what happens where there is no food. */
export const SAMPLE_PHOTOS: readonly SamplePhoto[] = [
  { id: "orange", title: "Oranges", bytes: orange },
  { id: "pizza", title: "Pizza", bytes: pizza },
  { id: "banana", title: "Bananas", bytes: banana },
  { id: "donut", title: "Donuts", bytes: donut },
  { id: "apple", title: "Apples", bytes: apple },
  { id: "still-life", title: "No food at all", bytes: stillLife },
];

export const SAMPLE_SIZE = { width: 720, height: 540 };

export const samplePath = ({ id }: Pick<SamplePhoto, "id">): string => `/assets/samples/${id}.jpg`;
