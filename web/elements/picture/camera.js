// How the picture of a DAG lies in its frame: moved by x and y pixels after it was scaled.

const SMALLEST = 0.1;
const LARGEST = 2.5;
/** Room between the picture and its frame, in pixels. */
const MARGIN = 24;

/** @typedef {{x: number, y: number, scale: number}} View */
/** @typedef {{width: number, height: number}} Size */

const within = (number, least, most) => Math.min(Math.max(number, least), most);

/**
 * The whole picture, in the middle, never larger than life.
 * @param {Size} picture
 * @param {Size} frame
 * @returns {View}
 */
export function fit(picture, frame) {
  const room = (outer, inner) => Math.max(outer - 2 * MARGIN, 1) / Math.max(inner, 1);
  const scale = within(Math.min(room(frame.width, picture.width), room(frame.height, picture.height)), SMALLEST, 1);
  return { x: (frame.width - picture.width * scale) / 2, y: (frame.height - picture.height * scale) / 2, scale };
}

/**
 * Larger or smaller, with the point (x, y) of the frame in its place.
 * @param {View} view
 * @returns {View}
 */
export function zoomed(view, by, x, y) {
  const scale = within(view.scale * by, SMALLEST, LARGEST);
  const share = scale / view.scale;
  return { x: x - (x - view.x) * share, y: y - (y - view.y) * share, scale };
}

/**
 * Moved back where hardly anything of the picture would be seen: half of it stays in the frame, or it fills half of the frame.
 * @param {View} view
 * @param {Size} picture
 * @param {Size} frame
 * @returns {View}
 */
export function held(view, picture, frame) {
  const along = (at, length, room) => {
    const slack = Math.min(length, room) / 2;
    return within(at, Math.min(room - length, 0) - slack, Math.max(room - length, 0) + slack);
  };
  return {
    x: along(view.x, picture.width * view.scale, frame.width),
    y: along(view.y, picture.height * view.scale, frame.height),
    scale: view.scale,
  };
}

/**
 * Moved as little as brings a box into the frame.
 * @param {View} view
 * @param {{x: number, y: number, width: number, height: number}} box
 * @param {Size} frame
 * @returns {View}
 */
export function bring(view, box, frame) {
  const along = (at, start, length, room) => {
    const low = at + start * view.scale;
    const high = low + length * view.scale;
    if (low < MARGIN) return at + MARGIN - low;
    return high > room - MARGIN ? at + Math.max(room - MARGIN - high, MARGIN - low) : at;
  };
  return {
    x: along(view.x, box.x, box.width, frame.width),
    y: along(view.y, box.y, box.height, frame.height),
    scale: view.scale,
  };
}
