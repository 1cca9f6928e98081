// SHA-256 (FIPS 180-4), for pages without a secure connection: there browsers keep `crypto.subtle` to themselves.

/** The first 32 bits of the fractional parts of the roots of the first primes: square roots begin, cube roots go on. */
const primes = [...Array(312).keys()].filter((number) => number > 1 && ![...Array(number).keys()].some((divisor) => divisor > 1 && number % divisor === 0));
const fraction = (/** @type {number} */ root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const BEGIN = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = primes.slice(0, 64).map((prime) => fraction(Math.cbrt(prime)));

const turn = (/** @type {number} */ word, /** @type {number} */ by) => (word >>> by) | (word << (32 - by));

/** @param {Uint8Array} message @returns {Uint8Array} */
export function sha256(message) {
  const blocks = Math.ceil((message.length + 9) / 64);
  const padded = new DataView(new ArrayBuffer(blocks * 64));
  message.forEach((byte, index) => padded.setUint8(index, byte));
  padded.setUint8(message.length, 0x80);
  padded.setUint32(blocks * 64 - 8, Math.floor(message.length / 2 ** 29));
  padded.setUint32(blocks * 64 - 4, message.length << 3);

  const hash = [...BEGIN];
  for (let block = 0; block < blocks; block++) {
    const words = Array.from({ length: 16 }, (_, index) => padded.getInt32(block * 64 + index * 4));
    for (let index = 16; index < 64; index++) {
      const [early, late] = [words[index - 15], words[index - 2]];
      const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
      const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
      words.push((words[index - 16] + low + words[index - 7] + high) | 0);
    }
    let [a, b, c, d, e, f, g, h] = hash;
    for (let index = 0; index < 64; index++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[index] + words[index]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, index) => (hash[index] = (hash[index] + word) | 0));
  }
  const out = new DataView(new ArrayBuffer(32));
  hash.forEach((word, index) => out.setInt32(index * 4, word));
  return new Uint8Array(out.buffer);
}
