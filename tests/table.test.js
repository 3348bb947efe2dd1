// @ts-check
// Every type of WIRE.md, section 10, in every position of an export and of a declared import,
// through the macros of a real guest: what crosses and comes back, and what is refused with
// which words, before the guest runs. The rows are in typed/rows.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { inspect } from "node:util";
import { compile } from "../host-js/compile.js";
import { instantiate } from "../host-js/host.js";
import { wasmPath } from "../scripts/guests.js";
import { thrownBy } from "./support/guest.js";
import { contractTypes } from "./support/wire.js";
import { arrived, positions, rows } from "./typed/rows.js";
import { module, supplied } from "./typed/supplied.js";

const typed = await instantiate(readFileSync(wasmPath("test-typed")));

/** What an import does with its arguments in the test that runs. @type {(name: string, args: any[]) => any} */
let answer = () => assert.fail("no import is called");
const imports = supplied({}, (name) => (/** @type {any[]} */ ...args) => answer(name, args));
const guest = await instantiate(module, { imports, with: [compile] });

/** A value, short, for the message of what failed. @param {any} value */
const short = (value) => inspect(value, { depth: 1, breakLength: Infinity }).slice(0, 60);

test("every type of WIRE.md has a row", () => {
  const here = new Set(rows.map(({ type }) => type.replace(/^Node$|^Label$/, "an alias")));
  const covered = (/** @type {string} */ type) => here.has(type) || /^(?:\[T\]|T\?|&js.*)$/.test(type);
  assert.deepEqual(contractTypes().filter((type) => !covered(type)), []);
});

for (const row of rows) {
  const { type, taken, refused } = row;
  /** What `result<T>` takes besides: whether to fail. @param {import("./typed/rows.js").Position} position */
  const more = ({ suffix }) => (suffix === "_try" ? [false] : []);
  /** What of the refused values a position refuses, with the arguments that have it. @param {import("./typed/rows.js").Position} position */
  const bad = (position) => (row.list === Uint8Array && position.suffix === "_list" ? [] : refused.filter(([value]) => !position.takes?.(value))).map(([value, kind, said]) => ({ argument: position.refused(value, row), kind, said }));

  test(`export: ${row.name}, ${type}: crosses in every position, both ways`, () => {
    for (const position of positions)
      for (const [value, arrives = value] of taken) {
        const name = row.name + position.suffix;
        arrived(row, position, typed.exports[name](position.put(value, row), ...more(position)), arrives, `${name}, ${position.what}: ${short(value)}`);
      }
    assert.equal(typed.host.handles.live, 0);
  });

  test(`export: ${row.name}, ${type}: what is refused names function, parameter and place, in every position`, () => {
    for (const position of positions)
      for (const { argument, kind, said } of bad(position)) {
        const name = row.name + position.suffix;
        const error = thrownBy(() => typed.exports[name](argument, ...more(position)));
        assert.equal(error.message, `${name}: ${position.place}${said}`);
        assert.equal(error.constructor, kind);
      }
    assert.equal(typed.host.handles.live, 0);
    assert.equal(typed.host.dead, null);
  });

  test(`import: ${row.name}, ${type}: crosses in every position, both ways`, () => {
    for (const position of positions.filter(({ suffix }) => suffix !== "_both"))
      for (const [value, arrives = value] of taken) {
        const name = row.name + position.suffix;
        const where = `${name}, ${position.what}: ${short(value)}`;
        answer = (called, args) => {
          assert.equal(called, `app.${name}`);
          assert.equal(args.length, 1);
          arrived(row, position, args[0], arrives, `${where}, in the import`);
          return position.put(value, row);
        };
        arrived(row, position, guest.exports[name](position.put(value, row)), arrives, where);
      }
    assert.equal(guest.host.handles.live, 0);
  });

  test(`import: ${row.name}, ${type}: a result that is refused is an error that names function and place, in every position`, async () => {
    for (const position of positions.filter(({ suffix }) => suffix !== "_both"))
      for (const { argument, kind, said } of bad(position)) {
        const name = row.name + position.suffix;
        const message = `app.${name}: result${position.within}${said}`;
        answer = () => argument;
        // Without a Result to put it into, it is the end of the guest: of one of its own.
        const { exports, host } = position.suffix ? guest : await instantiate(module, { imports, with: [compile] });
        const thrown = thrownBy(() => exports[name](position.put(taken[0][0], row)));
        if (position.suffix) {
          assert.equal(thrown.message, message);
          assert.equal(thrown.constructor, kind);
          assert.equal(host.handles.live, 0);
        } else {
          assert.match(thrown.message, new RegExp(`^${name}: panic .*tests/typed/imports/src/\\w+\\.rs:\\d+:\\d+: `));
          // A panic's text is UTF-8: a lone surrogate is replaced.
          assert.ok(thrown.message.endsWith(`: ${Buffer.from(message)}`), thrown.message);
        }
      }
    assert.equal(guest.host.dead, null);
  });
}

test("export: an error of result<T> is thrown, whatever the value's type", () => {
  for (const { name, taken } of rows) assert.throws(() => typed.exports[`${name}_try`](taken[0][0], true), { name: "Error", message: `${name}_try was told to fail` });
  for (const { name } of rows) assert.throws(() => typed.exports[`${name}_both`](), { message: `${name}_both was given nothing` });
  assert.equal(typed.host.handles.live, 0);
});

test("T?: nothing is undefined, null and what is left out, there and back", () => {
  for (const { name } of rows) {
    for (const args of [[], [undefined], [null]]) {
      assert.equal(typed.exports[`${name}_option`](...args), undefined);
      for (const nothing of [undefined, null]) {
        answer = (_, args) => {
          assert.deepEqual(args, [undefined]);
          return nothing;
        };
        assert.equal(guest.exports[`${name}_option`](...args), undefined);
      }
    }
    assert.deepEqual(typed.exports[`${name}_both`]([undefined, null, ,]), [undefined, undefined, undefined]);
  }
});

test("[T]: none, and a thousand", () => {
  for (const { name, taken, list } of rows) {
    const [value, arrives = value] = taken[1] ?? taken[0];
    for (const length of [0, 1000]) {
      const many = list === Uint8Array ? new Uint8Array(length).fill(value) : new Array(length).fill(value);
      const want = list ? new list(length).fill(arrives) : new Array(length).fill(arrives);
      assert.deepEqual(typed.exports[`${name}_list`](many), want);
      if (list) assert.deepEqual(typed.exports[`${name}_list`](list.from(many)), want);
      answer = (_, [got]) => {
        assert.deepEqual(got, want);
        return got;
      };
      assert.deepEqual(guest.exports[`${name}_list`](many), want);
    }
  }
  assert.equal(typed.host.handles.live + guest.host.handles.live, 0);
});

test("what borrows: &str, slices, &js and &js.X give what their owners give", () => {
  const borrows = Object.keys(guest.exports).filter((name) => /_(?:borrowed|slice)$/.test(name));
  assert.ok(borrows.length > 30);
  for (const name of borrows) {
    const plain = name.replace("_borrowed", "");
    const row = rows.find((row) => row.name === plain);
    const slice = rows.find((row) => `${row.name}_slice` === name)?.list;
    const values = row ? row.taken : [[slice.of()], [slice.of(...rows.find((row) => `${row.name}_slice` === name)?.taken.map(([, arrives]) => arrives).filter((v) => v !== undefined) ?? [])]];
    for (const [value, arrives = value] of values) {
      const check = (/** @type {any} */ got) => (row?.same ? assert.ok(Object.is(got, arrives), name) : assert.deepEqual(got, arrives, name));
      if (typed.exports[name]) check(typed.exports[name](value));
      answer = (called, [got]) => {
        assert.equal(called, `lent.${name}`);
        check(got);
        return value;
      };
      check(guest.exports[name](value));
    }
    for (const [value, kind, said] of row?.refused ?? []) {
      const error = thrownBy(() => guest.exports[name](value));
      assert.equal(error.message, `${name}: value${said}`);
      assert.equal(error.constructor, kind);
    }
  }
  assert.equal(typed.host.handles.live + guest.host.handles.live, 0);
});

test("nothing is left: ten thousand rounds of every type take no handle and no memory", () => {
  const round = () => {
    for (const { name, taken, list } of rows) {
      const [value] = taken[0];
      typed.exports[name](value);
      answer = (_, args) => args[0];
      guest.exports[`${name}_option`](value);
      guest.exports[`${name}_list`](list === Uint8Array ? Uint8Array.of(value) : [value]);
    }
  };
  for (let i = 0; i < 20; i++) round();
  const before = [typed, guest].map(({ raw }) => raw.memory.buffer.byteLength);
  for (let i = 0; i < 10_000 / 20; i++) round();
  assert.deepEqual([typed, guest].map(({ raw }) => raw.memory.buffer.byteLength), before);
  assert.equal(typed.host.handles.live + guest.host.handles.live, 0);
});
