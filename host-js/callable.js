// @ts-check
// A closure of the guest: what its function calls.

/** A closure that the host can call, until it ends. */
export class Callable {
  /** One that is kept, and ended: with the last of them an engine would forget how they look, and all code that it has compiled for that. */
  static model = new Callable(0);

  /** @param {number} id 0 once it has ended */
  constructor(id) {
    this.id = id;
  }

  /** Its id, for a call. @param {import("./plan.js").Plan} plan */
  take(plan) {
    if (this.id === 0) throw plan.ended();
    return this.id;
  }

  /** Of what is lent: with the call that it was lent for. */
  end() {
    this.id = 0;
  }
}
