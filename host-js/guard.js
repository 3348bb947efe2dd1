// @ts-check
// Functions of the embedder that the guest imports as they are, as functions of numbers.

/** An embedder's own import, which must not return into a dead instance. With few arguments there is no list of them. @param {(...wires: any[]) => any} given @param {import("./guest.js").Guest} guest */
export const guard = (given, guest) =>
  function (/** @type {any} */ a, /** @type {any} */ b, /** @type {any} */ c, /** @type {any} */ d) {
    let result;
    switch (arguments.length) {
      case 0: result = given(); break;
      case 1: result = given(a); break;
      case 2: result = given(a, b); break;
      case 3: result = given(a, b, c); break;
      case 4: result = given(a, b, c, d); break;
      default: result = given(...arguments);
    }
    if (guest.dead !== null) throw guest.dead;
    return result;
  };
