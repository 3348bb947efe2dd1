// @ts-check
// Classes with async members: an instance stays borrowed, or taken, for as long as the call takes,
// and what it excludes is refused by name.

import assert from "node:assert/strict";
import test from "node:test";
import { WireError } from "../host-js/host.js";
import { settled, start, tick } from "./async/start.js";

const { exports, host } = await start();
const { Tally } = /** @type {any} */ (exports);
const never = new Promise(() => {});
/** @param {Promise<any>} promise @returns {Promise<any>} */
const thrownBy = (promise) => promise.then(() => assert.fail("nothing was thrown"), (thrown) => thrown);
const nothingLeft = () => assert.deepEqual([host.handles.live, host.tasks], [0, 0]);

/** @param {any} error @param {string} code @param {RegExp} message */
function refused(error, code, message) {
  assert.ok(error instanceof WireError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  assert.equal(host.dead, null);
}

test("async members: &mut self, &self, self, static, and one that is ready at once", async () => {
  const tally = new Tally(1);
  assert.equal(await tally.add(Promise.resolve(2)), 3);
  assert.equal(await tally.later(Promise.resolve(), "so far"), "so far: 3");
  assert.equal(await tally.readyNow(), 3);
  const other = await Tally.of(Promise.resolve(7));
  assert.ok(other instanceof Tally);
  assert.equal(await other.finish(Promise.resolve()), 7);
  assert.equal(tally.count, 3);
  tally.free();
  nothingLeft();
});

test("a &mut self that is held across an await refuses a second one, by name, and everything else; then it goes on", async () => {
  const tally = new Tally(1);
  const { promise, resolve } = settled();
  const first = tally.add(promise);
  refused(await thrownBy(tally.add(Promise.resolve(1))), "re-entered", /^Tally\.add: re-entered Tally/);
  refused(await thrownBy(tally.later(Promise.resolve(), "x")), "re-entered", /^Tally\.later: re-entered Tally/);
  assert.throws(() => tally.count, { code: "re-entered" });
  assert.throws(() => tally.bump(), { code: "re-entered" });
  resolve(4);
  assert.equal(await first, 5);
  tally.bump();
  assert.equal(tally.count, 6);
  nothingLeft();
});

test("many &self at once are fine, and exclude &mut self", async () => {
  const tally = new Tally(2);
  const { promise, resolve } = settled();
  const readers = ["a", "b", "c"].map((label) => tally.later(promise, label));
  assert.equal(tally.count, 2);
  refused(await thrownBy(tally.add(Promise.resolve(1))), "re-entered", /^Tally\.add/);
  resolve(undefined);
  assert.deepEqual(await Promise.all(readers), ["a: 2", "b: 2", "c: 2"]);
  assert.equal(await tally.add(Promise.resolve(1)), 3);
  nothingLeft();
});

test("an abort ends the borrow in the same moment", async () => {
  const tally = new Tally(1);
  const abort = new AbortController();
  const call = tally.add(never, { signal: abort.signal });
  abort.abort("stop");
  tally.bump();
  assert.equal(tally.count, 2);
  assert.equal(await thrownBy(call), "stop");
  nothingLeft();
});

test("an instance that is freed while a call has it stays for that call", async () => {
  const tally = new Tally(10);
  const { promise, resolve } = settled();
  const call = tally.add(promise);
  tally.free();
  refused(await thrownBy(tally.add(Promise.resolve(1))), "dropped", /^Tally\.add: dropped Tally/);
  resolve(5);
  assert.equal(await call, 15);
  nothingLeft();
});

test("self is taken when the call begins", async () => {
  const tally = new Tally(1);
  const call = tally.finish(Promise.resolve());
  refused(await thrownBy(tally.finish(Promise.resolve())), "moved", /^Tally\.finish: moved Tally/);
  assert.throws(() => tally.count, { code: "moved" });
  assert.equal(await call, 1);
  // What is refused has not moved.
  const busy = new Tally(2);
  const first = busy.add(new Promise((resolve) => setTimeout(resolve, 5, 1)));
  refused(await thrownBy(busy.finish(Promise.resolve())), "re-entered", /^Tally\.finish/);
  assert.equal(await first, 3);
  assert.equal(await busy.finish(Promise.resolve()), 3);
  nothingLeft();
});

test("instances as arguments of async exports: borrowed for as long as it takes, though they can be cloned", async () => {
  const tally = new Tally(4);
  const { promise, resolve } = settled();
  const reads = [exports.read_tally(tally, promise), exports.read_tally(tally, promise)];
  refused(await thrownBy(exports.change_tally(tally, Promise.resolve())), "re-entered", /^change_tally: re-entered Tally/);
  resolve(undefined);
  assert.deepEqual(await Promise.all(reads), [4, 4]);
  await exports.change_tally(tally, Promise.resolve());
  assert.equal(tally.count, -1);
  const from = new Tally(3);
  // The first is refused, so the second has not moved.
  const busy = tally.add(new Promise((resolve) => setTimeout(resolve, 5, 1)));
  refused(await thrownBy(exports.merge(tally, from, Promise.resolve())), "re-entered", /^merge/);
  assert.equal(from.count, 3);
  await busy;
  assert.equal(await exports.merge(tally, from, Promise.resolve()), "3");
  assert.throws(() => from.count, { code: "moved" });
  nothingLeft();
});

test("wrong arguments and receivers reject", async () => {
  const tally = new Tally(1);
  assert.ok((await thrownBy(tally.add(1))) instanceof TypeError);
  assert.match((await thrownBy(tally.add(never, {}, 3))).message, /^Tally\.add takes 1 arguments, got 3$/);
  assert.ok((await thrownBy(Tally.prototype.add.call({}, never))) instanceof TypeError);
  await tick();
  nothingLeft();
});
