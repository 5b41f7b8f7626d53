/**
 * What happens to a photo, in its order, as a list names it and as it is said while it happens. The first step is the
 * browser's own, the others are the stages of the record.
 */
export const STEPS = [
  ["uploading", "Upload", "Uploading the photo"],
  ["queued", "Wait in the queue", "Waiting in the queue"],
  ["reading", "Read the photo", "Reading the photo"],
  ["recognising", "Recognize the food", "Recognizing the food"],
  ["computing", "Compute the nutrients", "Computing the nutrients"],
] as const;
