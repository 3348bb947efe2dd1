// @ts-check
// How many crossings an operation takes, exactly: this depends on no machine, so it is what a
// change to the wire is measured by first. Each row is a call of an export, and the imports
// that the guest calls for it; `hw_alloc` and `hw_free` stand where the host calls them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";
import { frozenGroup } from "./support/ways.js";
import { supplied } from "./typed/supplied.js";

/** A guest, and what crosses in a call after a first one, in which caches are filled. @param {string} name */
async function counted(name) {
  /** @type {string[]} */
  let crossed = [];
  const module = new WebAssembly.Module(readFileSync(wasmPath(name)));
  const { exports, host } = await instantiate(module, {
    imports: supplied({ app: { str: (/** @type {string} */ text) => text } }),
    with: [frozenGroup(module), trace],
    trace: ({ step, side, name }) => void (step === "call" && side === "import" && crossed.push(name)),
  });
  const { guest } = host;
  const calls = { ...guest.raw };
  for (const name of ["hw_alloc", "hw_free"]) {
    const raw = calls[name];
    calls[name] = (/** @type {number[]} */ ...wires) => {
      crossed.push(name);
      return raw(...wires);
    };
  }
  guest.raw = calls;
  return (/** @type {(exports: Record<string, any>) => unknown} */ act) => {
    act(exports);
    crossed = [];
    act(exports);
    assert.equal(host.handles.live, 0);
    return crossed.join(" ");
  };
}

const short = "Grüße";
const long = "x".repeat(70_000);
const object = { number: 1.5, text: "Ada", inner: {}, count: 0 };

/** @type {Record<string, [what: string, act: (exports: Record<string, any>) => unknown, crossings: string][]>} */
const tables = {
  "test-typed": [
    ["numbers both ways", (e) => e.i32(7), ""],
    ["64 bits both ways", (e) => e.u64(7n), ""],
    ["a short text both ways", (e) => e.str(short), ""],
    ["a text that the arena has no room for, and that is too long for the guest to keep", (e) => e.str(long), "hw_alloc hw_free hw_free"],
    ["bytes both ways", (e) => e.bytes(new Uint8Array(64)), ""],
    ["numbers in a row both ways", (e) => e.numbers([1, 2, 3]), ""],
    ["an option of a text", (e) => e.str_option("a"), ""],
    ["a list of texts", (e) => e.str_list(["a", "b", "c"]), ""],
    ["a list of records, and an enum", (e) => e.middle([{ x: 1, y: 2 }, { x: 3, y: 4 }], "Exact"), ""],
    ["an error with its text", (e) => thrownBy(() => e.parse("x")), ""],
  ],
  "test-imports": [
    ["a text to an import, and another back", (e) => e.str(short), "declared.app.str(value: String) -> String"],
  ],
  "test-guest": [
    ["a value given and given back", (e) => e.value_echo({}), ""],
    ["a value lent", (e) => e.value_equal({}, {}), "value_equal"],
    ["a number of a property", (e) => e.object_numbers(object, "number", "number"), "object_get_named object_get_named"],
    ["a number to a property", (e) => e.object_set_number(object, "number", 2), "object_set_named"],
    ["a text to a property, without a handle", (e) => e.object_set_text(object, "text", "Ada"), "object_set_named"],
    ["an object of a property", (e) => e.object_get_named(object, "inner"), "object_get_named"],
    ["a property counted up three times", (e) => e.object_count(object, 3), "object_get_named object_set_named ".repeat(3) + "object_get_named"],
    ["an error that a function throws, passed on as it is", (e) => thrownBy(() => e.error_pass(() => { throw object; })), "function_call error_take"],
    ["an error of the guest's own", (e) => thrownBy(() => e.error_throw("no")), "error_new"],
  ],
};

for (const [guest, rows] of Object.entries(tables)) {
  const count = await counted(guest);
  for (const [what, act, crossings] of rows) test(`${guest}: ${what}`, () => assert.equal(count(act), crossings));
}
