// @ts-check
// Dates.

import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { leavesNothing, startGuest } from "./support/guest.js";

const guest = await startGuest();
const { exports } = guest;

test("milliseconds both ways", () => {
  for (const time of [0, 1, -1, 86_400_000, -62_198_755_200_000, 8.64e15, -8.64e15, 1.7e12]) {
    const date = exports.date_new(time);
    assert.ok(date instanceof Date);
    assert.equal(date.getTime(), time);
    assert.equal(exports.date_time(new Date(time)), time);
  }
});

test("a fraction is cut off, and -0 is 0", () => {
  assert.equal(exports.date_new(1.9).getTime(), 1);
  assert.equal(exports.date_new(-1.9).getTime(), -1);
  assert.ok(Object.is(exports.date_new(-0).getTime(), 0));
});

test("NaN and what is too far make an invalid Date, whose time is NaN", () => {
  for (const time of [NaN, Infinity, 8.64e15 + 1, -8.64e15 - 1]) {
    assert.ok(Number.isNaN(exports.date_new(time).getTime()));
    assert.ok(Number.isNaN(exports.date_time(new Date(time))));
  }
  assert.throws(() => exports.date_iso(NaN), { name: "RangeError", message: "Invalid time value" });
});

test("methods by name", () => {
  assert.equal(exports.date_iso(86_400_000), "1970-01-02T00:00:00.000Z");
});

test("a Date of another realm, one without its prototype, and one whose methods lie", () => {
  assert.equal(exports.date_time(vm.runInNewContext("new Date(5)")), 5);
  assert.equal(exports.date_time(Object.setPrototypeOf(new Date(6), null)), 6);
  assert.equal(exports.date_time(Object.assign(new Date(7), { getTime: () => 8, valueOf: () => 9 })), 7);
});

test("what only looks like a Date is none", () => {
  for (const value of [{}, Object.create(Date.prototype), 5, "1970-01-01", null, new Proxy(new Date(5), {}), { getTime: () => 5 }, Date])
    assert.throws(() => exports.date_time(value), { name: "Error", message: "expected Date" });
});

leavesNothing(guest, (i) => {
  exports.date_new(i);
  exports.date_iso(i);
});
