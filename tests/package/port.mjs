// What tests need that start a program which listens.
import assert from 'node:assert/strict';
import { createServer } from 'node:net';

/** A port of this machine that nobody listens at. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits until something answers at an address; `reason` tells why nothing does. */
export async function answering(address, reason) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await fetch(address).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail(`${address} does not answer: ${reason()}`);
}
