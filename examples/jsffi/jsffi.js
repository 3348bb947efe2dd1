// @ts-check
// The steps: what each shows, and the calls that show it. A call is shown by its own text, so
// that what stands on the page is what ran. The page and run.js share all of this.

import { instantiate } from "../../host-js/host.js";
import glue from "./jsffi.glue.js";
import { slugs } from "./slugs.js";

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {string} file of the guest
 * @property {string} text
 * @property {(() => unknown)[]} calls
 *
 * @typedef {{ code: string, value?: unknown, thrown?: unknown }} Shown `thrown` is there if the call threw, whatever it was
 * @typedef {Awaited<ReturnType<typeof open>>} Jsffi
 */

/**
 * Instantiates the guest with all that it wants of its embedder.
 * @param {import("../../host-js/core.js").Source} source of jsffi.wasm
 * @param {() => string} name answers the guest's question
 */
export async function open(source, name) {
  /** What the guest logged. @type {string[]} */
  const log = [];
  const app = {
    ask: (/** @type {string} */ question) => (question === "What is your name?" ? name() : ""),
    log: (/** @type {number} */ level, /** @type {string} */ message) => log.push(`${level}: ${message}`),
  };
  // The guest's inline JavaScript, and functions of their own for what it declares: made by `handwire freeze`, so that no policy of a
  // page has to allow to compile text. The group `compile` does the same when the page opens.
  const instance = await instantiate(source, { imports: { app }, extras: { slugs }, with: [glue] });
  return { ...instance, log };
}

/** An array of the page's own, into which the guest writes. */
const target = new Uint8Array(4);

/** @param {Jsffi} jsffi @returns {Step[]} */
export const steps = ({ exports, host, log }) => [
  {
    title: "Values",
    file: "values.rs",
    text: "Numbers, booleans, characters and texts are what they are on each side. What doesn't fit the guest's type is refused before the guest runs.",
    calls: [() => exports.half(7), () => exports.is_even(7), () => exports.next("y"), () => exports.greeting("Ada"), () => exports.greeting(), () => exports.half(0.5), () => exports.is_even(-2), () => exports.next("yz")],
  },
  {
    title: "64-bit integers, without loss",
    file: "values.rs",
    text: "They are BigInts, always: a number that happens to be small is refused, too, and so is a BigInt that is too large.",
    calls: [() => exports.factorial(20n), () => exports.factorial(21n), () => exports.as_unsigned(-1n), () => exports.factorial(20), () => exports.factorial(2n ** 64n)],
  },
  {
    title: "Records and enums",
    file: "values.rs",
    text: "A struct crosses as a plain object, an enum as the name of its variant. An error names the place.",
    calls: [() => exports.step({ x: 1, y: 2 }, "North"), () => exports.right_of("West"), () => exports.step({ x: 1 }, "North"), () => exports.right_of("north")],
  },
  {
    title: "Values that stay the host's",
    file: "family.rs",
    text: "Any value crosses as a handle, without a copy. A parameter can name the class that it wants, or be a type of the guest's own over one.",
    calls: [
      () => exports.describe([1, 2]),
      () => exports.describe(Symbol("s")),
      () => exports.keep(globalThis) === globalThis,
      () => exports.tomorrow(new Date(Date.UTC(2024, 1, 28))),
      () => exports.tomorrow("2024-02-28"),
      () => exports.area({ width: 6, height: 7 }),
      () => exports.construct(Map, [["key", 1]]).get("key"),
      () => exports.mark("here").description,
    ],
  },
  {
    title: "Text, bytes and lists, both ways",
    file: "marshal.rs",
    text: "They are copied in and out; numbers in a row are a typed array. A text that must keep half characters stays a handle.",
    calls: [
      () => exports.reversed("Grüße, 🦀"),
      () => exports.sorted(["pear", "apple", "Äpfel"]),
      () => exports.scaled(Float64Array.of(1, 2.5), 2),
      () => exports.scaled([1, 2.5], 2),
      () => exports.inverted(Uint8Array.of(0, 15, 255)),
      () => exports.counted(["a", "b", "a"]),
      () => exports.units("a\ud83d"),
      () => [exports.fill(target, 1, Uint8Array.of(7, 8)), target],
    ],
  },
  {
    title: "Functions of the page, inline JavaScript",
    file: "imports.rs",
    text: "The guest declares what it wants of the page, with types. A line of JavaScript can stand in the Rust source itself; its arguments are values, never text.",
    calls: [
      () => exports.introduce(),
      () => log.at(-1),
      () => exports.diagonal(3, 4),
      () => exports.shout("straße"),
      () => exports.sum_of_squares(5),
      () => [1, 2, 3, 11, 112].map((n) => exports.ordinal(n)),
      () => exports.pick('{ "a": [1, 2] }', "a"),
    ],
  },
  {
    title: "Third-party code, not in the global scope",
    file: "imports.rs",
    text: "What a page puts into the instance's extras is there for the guest's inline code, and for no one else.",
    calls: [() => exports.address("Hello, World!"), () => "slugs" in globalThis, () => Object.keys(host.extras)],
  },
  {
    title: "Exceptions are values",
    file: "errors.rs",
    text: "The guest sees message and stack of whatever is thrown, and lives on. What it doesn't handle goes on to the caller, as the very same value.",
    calls: [
      () => exports.attempt(() => 1),
      () => exports.attempt(() => JSON.parse("no JSON").length),
      () => exports.attempt(() => raise(0)),
      () => exports.relay(() => raise(new RangeError("the page's own"))),
      () => exports.pick("{", "a"),
      () => exports.parse_number("12"),
      () => exports.parse_number("12x"),
      () => exports.refuse("not today"),
    ],
  },
  {
    title: "Exports are functions",
    file: "functions.rs",
    text: "JavaScript passes them around like its own, back into the guest, too; and the guest can take one of its own from the host.",
    calls: [
      () => [1, 2, 3, 4].reduce((a, b) => exports.add(a, b)),
      () => exports.fold(Int32Array.of(1, 2, 3, 4), 0, exports.add),
      () => exports.fold([1, 2, 3, 4], 1, exports.multiply),
      () => exports.fold([3, 1, 2], 0, Math.max),
      () => exports.export_named("add") === exports.add,
      () => exports.export_named("add")(20, 22),
      () => exports.power(3, 4),
      () => exports.mapped(Float64Array.of(1, 4, 9), Math.sqrt),
      () => [exports.multiply.name, exports.multiply.length],
      () => exports.fold([1], 0, "no function"),
    ],
  },
];

/** What a call gives or throws, with its own text. @param {() => unknown} call @returns {Shown} */
export function show(call) {
  const code = String(call).replace(/^\(\) =>\s*/, "");
  try {
    return { code, value: call() };
  } catch (thrown) {
    return { code, thrown };
  }
}

/** `throw`, where an expression is wanted. @param {unknown} value @returns {never} */
function raise(value) {
  throw value;
}
