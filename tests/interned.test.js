// @ts-check
// Names that cross once: how often they cross, that they are the very keys that a text would
// be, and what becomes of them when the instance ends.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { instantiate } from "../host-js/host.js";
import { trace } from "../host-js/trace.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";

const module = new WebAssembly.Module(readFileSync(wasmPath("test-batch")));

/** An instance, and the operations that it calls. @param {import("../host-js/core.js").Options} [options] */
async function traced(options) {
  /** @type {string[]} */
  const calls = [];
  const instance = await instantiate(module, {
    ...options,
    with: [trace],
    trace: ({ step, side, name }) => void (step === "call" && side === "import" && calls.push(name)),
  });
  return { ...instance, calls: () => calls.splice(0) };
}

test("the first use of a name makes a string of it, and no later one does", async () => {
  const { exports, host, calls } = await traced();
  const object = { x: "value" };
  assert.equal(exports.name_get(object), "value");
  assert.deepEqual(calls().filter((name) => name !== "handle_release"), ["string_from_utf8", "object_get"]);
  assert.equal(exports.name_get(object), "value");
  assert.deepEqual(calls().filter((name) => name !== "handle_release"), ["object_get"]);
  assert.equal(host.handles.live, 1);
});

test("a thousand uses are a thousand crossings and one more", async () => {
  const { exports, host, calls } = await traced();
  const object = { count: -1 };
  exports.name_many(object, 1000);
  const made = calls();
  assert.deepEqual([made.length, made.filter((name) => name === "object_set").length, made[0]], [1001, 1000, "string_from_utf8"]);
  assert.equal(object.count, 999);
  exports.name_many(object, 1000);
  assert.equal(calls().length, 1000);
  assert.equal(host.handles.live, 1);
});

test("each operation takes a name for a key, and a name for a value", async () => {
  const { exports, host } = await instantiate(module);
  const object = /** @type {any} */ ({});
  assert.equal(exports.name_set(object, 1.5), true);
  assert.equal(exports.name_number(object), 1.5);
  assert.equal(exports.name_has(object), true);
  assert.equal(exports.name_delete(object), true);
  assert.deepEqual([exports.name_has(object), exports.name_get(object)], [false, undefined]);
  assert.equal(exports.name_set_name(object), true);
  assert.equal(object.x, "a value");
  object.x = function (/** @type {unknown[]} */ ...args) {
    return [this === object, ...args];
  };
  assert.deepEqual(exports.name_call(object, 2), [true, 2, "argument"]);
  assert.equal(exports.name_shared({ shared: 0 }), true);
  assert.equal(exports.name_generic({ generic: 0 }), true);
  assert.equal(exports.name_odd({ "\ufeffé\0😀": "odd" }), "odd");
  assert.equal(exports.name_empty({ "": "empty" }), "empty");
  assert.equal(exports.name_value(), "owned");
  const { live } = host.handles;
  for (let i = 0; i < 1000; i++) assert.equal(exports.name_value(), "owned");
  assert.equal(host.handles.live, live, "what is taken out has a handle of its own");
});

test("the same place in a generic function has one name, and a static one for all its uses", async () => {
  const { exports, host } = await instantiate(module);
  exports.name_generic({ generic: 0 });
  exports.name_shared({ shared: 0 });
  assert.deepEqual(host.handles.list().map(({ value }) => value), ["generic", "shared"]);
});

test("a refusal and what a getter throws come through as by a text", async () => {
  const { exports } = await instantiate(module);
  assert.equal(exports.name_set(Object.freeze({ x: 1 }), 2), false);
  assert.equal(exports.name_delete(Object.freeze({ x: 1 })), false);
  const boom = { get x() { throw boom; }, set x(value) { throw value; } };
  assert.equal(thrownBy(() => exports.name_get(boom)), boom);
  assert.equal(thrownBy(() => exports.name_set(boom, 5)), 5);
  assert.throws(() => exports.name_get(null), TypeError);
});

test("restart: the memory is fresh, and so are the names; the old handles are stale", async () => {
  const { exports, host, calls } = await traced();
  exports.name_get({});
  const [{ handle }] = host.handles.list();
  const again = await host.restart();
  assert.equal(host.handles.live, 0);
  calls();
  assert.equal(again.exports.name_get({ x: 7 }), 7);
  assert.deepEqual(calls().filter((name) => name === "string_from_utf8"), ["string_from_utf8"]);
  assert.equal(thrownBy(() => host.value(handle)).code, "stale-handle");
});

test("two instances of a module have their own", async () => {
  const [a, b] = [await instantiate(module), await instantiate(module)];
  a.exports.name_get({});
  assert.deepEqual([a.host.handles.live, b.host.handles.live], [1, 0]);
  assert.equal(b.exports.name_get({ x: "b" }), "b");
});
