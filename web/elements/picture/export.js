// The picture as a file of its own: with its colours, and without the page around it.
import { download } from '../download.js';

/** What the style sheet gives a shape, and a file must carry itself. */
const PROPERTIES = ['fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin', 'stroke-dasharray', 'font-size', 'font-weight', 'font-family', 'text-anchor'];
/** Room around the drawing, in pixels. */
const MARGIN = 16;
/** Pixels of the image for each pixel of the picture, as sharp screens have them. */
const SHARPNESS = 2;
/** Browsers draw nothing on a canvas that is wider or higher, in pixels. */
const LARGEST = 8192;

/**
 * Hands the drawing to the person, as PNG where the name ends so and else as SVG.
 * @param {SVGSVGElement} picture the whole picture
 * @param {{width: number, height: number}} size
 * @param {string} name
 */
export async function save(picture, size, name) {
  const copy = /** @type {SVGSVGElement} */ (picture.cloneNode(true));
  dress(picture, copy);
  copy.removeAttribute('transform');
  const width = Math.ceil(size.width + 2 * MARGIN);
  const height = Math.ceil(size.height + 2 * MARGIN);
  for (const element of [copy, ...copy.querySelectorAll('*')]) {
    for (const own of ['class', 'role', 'tabindex', 'style', 'data-pointer', 'data-glow', 'aria-description']) element.removeAttribute(own);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${-MARGIN} ${-MARGIN} ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS(copy.namespaceURI, 'rect');
  for (const [key, value] of Object.entries({ x: -MARGIN, y: -MARGIN, width, height, fill: groundColour(picture) })) {
    ground.setAttribute(key, String(value));
  }
  copy.prepend(ground);
  const text = new XMLSerializer().serializeToString(copy);
  const file = name.endsWith('.png') ? await paint(text, width, height) : new Blob([text], { type: 'image/svg+xml' });
  if (!file) return;
  download(file, name);
}

/** Writes into a copy what the style sheet says of the original, and where its boxes stand. */
function dress(original, copy) {
  const style = getComputedStyle(original);
  for (const property of PROPERTIES) {
    const value = style.getPropertyValue(property);
    if (value) copy.setAttribute(property, value);
  }
  if (style.transform !== 'none') copy.setAttribute('transform', style.transform);
  [...original.children].forEach((child, index) => dress(child, copy.children[index]));
}

const groundColour = (picture) => getComputedStyle(picture.closest('.panel') ?? document.body).backgroundColor;

/** The text of an SVG as a PNG. */
async function paint(text, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(SHARPNESS, LARGEST / width, LARGEST / height);
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(width * scale);
  canvas.height = Math.floor(height * scale);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
