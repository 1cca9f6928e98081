/** An answer of the test forge that is not a good one. */
export class Refusal {
  constructor(status, body, headers = {}) {
    Object.assign(this, { status, body, headers });
  }
}
