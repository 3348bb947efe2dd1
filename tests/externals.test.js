// @ts-check
// Externals: Rust values that objects carry, taken back by a checked downcast.

import assert from "node:assert/strict";
import test from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { nothingLeft, start } from "./closures/start.js";

const guest = await start();
const { exports, host } = guest;

test("an object carries a value, and nothing that a program could see", () => {
  const object = exports.external_parser(3);
  assert.deepEqual([exports.external_next(object), exports.external_next(object)], [4, 5]);
  assert.deepEqual(Reflect.ownKeys(object), []);
  assert.deepEqual(JSON.stringify(object), "{}");
  assert.equal(object.constructor, Object);
  assert.equal(host.handles.live, 0);
  Object.freeze(object);
  assert.equal(exports.external_next(object), 6);
  assert.equal(exports.external_take(object), 6);
  nothingLeft(guest);
});

test("another type, no external, another instance, one that was taken: each is named", async () => {
  const parser = exports.external_parser(1);
  const other = exports.external_other("text");
  const fails = (/** @type {any} */ object, /** @type {RegExp} */ message) => assert.throws(() => exports.external_next(object), { name: "ExternalError", message });
  fails(other, /^expected an external of handwire_test_closures::external::Parser, found one of handwire_test_closures::external::Other$/);
  for (const value of [undefined, null, 0, "x", {}, [], () => {}, Object.create(parser), new Proxy(parser, {}), structuredClone(parser)]) fails(value, /found a value that is no external$/);
  const another = await start();
  fails(another.exports.external_parser(1), /found one of another instance/);
  assert.equal(exports.external_take(parser), 1);
  fails(parser, /found one whose value was taken out$/);
  assert.throws(() => exports.external_take(parser), /taken out/);
  assert.equal(exports.external_text(other), "text");
  assert.equal(exports.tokens(), 0);
});

test("from before a restart: another instance's", async () => {
  const { exports, host } = await start();
  const old = exports.external_parser(1);
  await host.restart();
  assert.throws(() => host.exports.external_next(old), /another instance, or of one from before a restart/);
  assert.equal(host.exports.external_next(host.exports.external_parser(1)), 2);
});

test("a class can't be made to carry an id: there is no way to the constructor", () => {
  const object = exports.external_other("x");
  const forged = new object.constructor(7);
  assert.throws(() => exports.external_text(forged), /no external/);
  assert.throws(() => exports.external_text(Object.setPrototypeOf({}, Object.getPrototypeOf(object))), /no external/);
});

test("what is forgotten is collected, with its value; after death nothing is done", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc");
  const guest = await start();
  const dead = await start();
  const make = (/** @type {any} */ exports) => {
    for (let i = 0; i < 1000; i++) exports.external_parser(i);
  };
  make(guest.exports);
  make(dead.exports);
  assert.throws(() => dead.exports.keep_panic()(true));
  const cause = dead.host.dead;
  for (let i = 0; i < 200 && guest.exports.live_values() > 0; i++) {
    await new Promise((done) => setTimeout(done));
    collect();
  }
  nothingLeft(guest);
  assert.equal(dead.host.dead, cause);
});
