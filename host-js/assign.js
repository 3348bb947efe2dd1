// @ts-check
// Setting a property. `Reflect.set` tells whether the object took it, but engines are slow at
// it; an assignment is fast, and throws where the object refuses. So it is assigned, and only
// what was thrown is asked what it means. To set it once more would run a proxy's code twice.

/**
 * Sets a property, once.
 * @param {any} target
 * @param {any} key
 * @param {unknown} value
 * @returns {0 | 1} 0 if the object refuses: frozen, without a setter, a proxy that says no
 * @throws what a setter or a proxy throws, and a TypeError when `target` is no object
 */
export function assign(target, key, value) {
  try {
    // In strict code, as all modules are.
    target[key] = value;
    return 1;
  } catch (thrown) {
    if (isRefusal(target, key, thrown)) return 0;
    throw thrown;
  }
}

/** Whether it is the engine that threw, because the object did not take it. @param {any} target @param {any} key @param {unknown} thrown */
function isRefusal(target, key, thrown) {
  if (!(thrown instanceof TypeError) || Object(target) !== target) return false;
  try {
    let found;
    for (let at = target; at && !found; at = Object.getPrototypeOf(at)) found = Object.getOwnPropertyDescriptor(at, key);
    if (found && !("value" in found)) return !found.set;
    if (found && !found.writable) return true;
    if (!Object.hasOwn(target, key) && !Object.isExtensible(target)) return true;
    // An ordinary object would have taken it, and the properties of a module can't be set.
    if (found && Object.hasOwn(target, key) && !Object.isExtensible(target) && Object.getPrototypeOf(target) === null && target[Symbol.toStringTag] === "Module") return true;
    // A proxy has said no, or has thrown: which of both stands nowhere but in what the engine says of a proxy that says no, so it is asked for that.
    return typeof key !== "object" && typeof key !== "function" && thrown.message === refusedBy(no, key);
  } catch {
    return false;
  }
}

/** A proxy that takes nothing. @type {any} */
const no = new Proxy({}, { set: () => false });

/** What the engine says when an object refuses. @param {any} target @param {any} key */
function refusedBy(target, key) {
  try {
    target[key] = undefined;
  } catch (thrown) {
    return /** @type {Error} */ (thrown).message;
  }
}
