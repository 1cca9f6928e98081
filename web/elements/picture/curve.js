// The way of an edge as an SVG path: straight lines with rounded corners.

/** How round a corner is, where both of its lines are long enough. */
const RADIUS = 8;

/**
 * The path through the corners.
 * @param {[number, number][]} points
 */
export function path(points) {
  const [first, ...rest] = points;
  if (!first) return '';
  let drawn = `M${short(first[0])} ${short(first[1])}`;
  rest.forEach((corner, index) => {
    const before = points[index];
    const after = points[index + 2];
    if (!after) {
      drawn += `L${short(corner[0])} ${short(corner[1])}`;
      return;
    }
    const radius = Math.min(RADIUS, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, radius);
    const leave = towards(corner, after, radius);
    drawn += `L${short(enter[0])} ${short(enter[1])}Q${short(corner[0])} ${short(corner[1])} ${short(leave[0])} ${short(leave[1])}`;
  });
  return drawn;
}

/** All lines are horizontal or vertical. */
const distance = (from, to) => Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]);

/** The point at a distance from one point on the way to another. */
function towards(from, to, by) {
  const whole = distance(from, to);
  const share = whole === 0 ? 0 : by / whole;
  return [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
}

/**
 * A length with one digit behind the point.
 * @param {number} length
 */
export const short = (length) => Math.round(length * 10) / 10 + 0;
