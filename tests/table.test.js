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

test("every type of WIRE.md has a row, but promises, data and lent arrays, which have tests of their own", () => {
  const here = new Set(rows.map(({ type }) => type.replace(/^Node$|^Label$/, "an alias")));
  const covered = (/** @type {string} */ type) => here.has(type) || /^(?:\[T\]|T\?|&js.*|js\.Promise|data|&mut \[T\])$/.test(type);
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

/** The functions of a type in all positions, in both guests: what arrives of a value, there and back, is one thing. @param {string} name @param {any} value @param {any} [want] */
function crosses(name, value, want = value) {
  const row = rows.find((row) => row.name === name) ?? assert.fail(name);
  for (const position of positions) {
    const called = name + position.suffix;
    arrived(row, position, typed.exports[called](position.put(value, row), ...(position.suffix === "_try" ? [false] : [])), want, `${called} of ${short(value)}`);
    if (position.suffix === "_both") continue;
    answer = (_, [got]) => {
      arrived(row, position, got, want, `${called} of ${short(value)}, in the import`);
      return position.put(value, row);
    };
    arrived(row, position, guest.exports[called](position.put(value, row)), want, `${called} of ${short(value)}, through an import`);
  }
}

/** Refused in all positions, as an argument and as an import's result. @param {string} name @param {any} value @param {typeof TypeError | typeof RangeError} kind */
function refuses(name, value, kind) {
  const row = rows.find((row) => row.name === name) ?? assert.fail(name);
  const [[good]] = row.taken;
  for (const position of positions.filter(({ takes, suffix }) => !takes?.(value) && !(suffix === "_list" && row.list === Uint8Array))) {
    const called = name + position.suffix;
    const bad = position.refused(value, row);
    assert.throws(() => typed.exports[called](bad, ...(position.suffix === "_try" ? [false] : [])), kind, `${called} of ${short(value)}`);
    if (position.suffix === "_both" || position.suffix === "") continue;
    answer = () => bad;
    assert.throws(() => guest.exports[called](position.put(good, row)), kind, `${called} of ${short(value)}, as an import's result`);
  }
}

/** The lines of numbers, options and strings that other bridges got wrong. @type {Record<string, () => void>} */
const EDGES = {
  "u64 of 2^63 and more never turns negative": () => [2n ** 63n, 2n ** 63n + 1n, 2n ** 64n - 1n].forEach((value) => crosses("u64", value)),
  "a BigInt beyond 64 bits is refused, never cut": () => [2n ** 64n, 2n ** 64n + 1n, -(2n ** 64n), 2n ** 128n].forEach((value) => ["u64", "i64"].forEach((name) => refuses(name, value, RangeError))),
  "a BigInt of the other sign is refused": () => (refuses("u64", -1n, RangeError), refuses("i64", 2n ** 63n, RangeError)),
  "a Number where i64 or u64 is declared is refused, whole or not": () => [0, -0, 1, 1.5, 2 ** 53, NaN].forEach((value) => ["u64", "i64"].forEach((name) => refuses(name, value, TypeError))),
  "a BigInt where a smaller integer is declared is refused": () => ["i8", "u32", "usize", "f64"].forEach((name) => refuses(name, 1n, TypeError)),
  "Option<u64>: none, 0, MAX": () => {
    for (const value of [undefined, 0n, 2n ** 64n - 1n]) {
      assert.equal(typed.exports.u64_option(value), value);
      assert.deepEqual(typed.exports.maybe_field({ value }), { value });
    }
  },
  "Option<i32>: every would-be sentinel is a value": () => [0, -1, 1, 2 ** 31 - 1, -(2 ** 31), 0xffffff, 0x7ffffffe].forEach((value) => crosses("i32", value)),
  "Option<f64>: NaN of any kind is a value": () => [NaN, -NaN, new Float64Array(BigUint64Array.of(0x7ff8dead00000000n).buffer)[0]].forEach((value) => crosses("f64", value)),
  "Option<bool>: false is a value, and Option<str> \"\"": () => (crosses("bool", false), crosses("str", "")),
  "Option of a handle: undefined is none, false and 0 are values": () => [false, 0, "", NaN].forEach((value) => crosses("any", value)),
  "-0 is kept in floats, and is 0 in integers": () => {
    for (const name of ["f32", "f64"]) crosses(name, -0);
    for (const name of ["i8", "u8", "i16", "u16", "i32", "u32", "usize"]) crosses(name, -0, 0);
  },
  "infinities and subnormals": () => {
    for (const value of [Infinity, -Infinity, 5e-324, -5e-324, 2 ** -1022]) crosses("f64", value);
    for (const value of [Infinity, -Infinity, 2 ** -149, -(2 ** -149), 2 ** -126]) crosses("f32", value);
  },
  "f32 rounds once, to the nearest, ties to even": () => {
    for (const value of [0.1, 1 / 3, 16777217, 16777219, 1 + 2 ** -24, 1 + 3 * 2 ** -24, 2 ** -150, 2 ** -150 * 1.0000001, 3.4028235677973366e38]) crosses("f32", value, Math.fround(value));
  },
  "u32 is never -1": () => (crosses("u32", 2 ** 32 - 1), crosses("usize", 2 ** 32 - 1), refuses("u32", -1, RangeError)),
  "i8 and i16 keep their sign": () => (crosses("i8", -1), crosses("i8", -128), crosses("i16", -1), crosses("i16", -32768)),
  "bool takes true and false only": () => [0, 1, "true", "", {}, 1n].forEach((value) => refuses("bool", value, TypeError)),
  "an enum takes none but its own names": () => ["", "fast", "FAST", "Fast\0", "constructor", "0", 0].forEach((value) => refuses("mode", value, TypeError)),
  "the empty text": () => crosses("str", ""),
  "NUL first, last, in the middle and alone": () => ["\0", "\0a", "a\0", "a\0b", "\0\0"].forEach((text) => crosses("str", text)),
  "U+FEFF first, in the middle, last and alone: a byte order mark is text": () => ["\ufeff", "\ufeffa", "a\ufeffb", "a\ufeff", "\ufeff\ufeff"].forEach((text) => crosses("str", text)),
  "U+FFFE and U+FFFF": () => ["\ufffe", "\uffff", "a\uffffb"].forEach((text) => crosses("str", text)),
  "characters of four bytes": () => ["🎉", "a🎉b🎉", "\u{10ffff}", "🎉".repeat(3000)].forEach((text) => crosses("str", text)),
  "NFC and NFD stay what they are": () => ["é", "e\u0301", "\u212b", "\uac00", "\u1100\u1161"].forEach((text) => crosses("str", text)),
  "lone surrogates become U+FFFD: high, low, reversed, first, last, at the border of a chunk": () => {
    for (const [text, want] of [["\ud83d", "\ufffd"], ["\ude00", "\ufffd"], ["\ude00\ud83d", "\ufffd\ufffd"], ["a\ud83d", "a\ufffd"], ["\ude00a", "\ufffda"], ["\ud83d\ud83d\ude00", "\ufffd😀"]]) {
      crosses("str", text, want);
      for (const length of [7, 15, 63, 1023, 4095, 8191]) crosses("str", `${"x".repeat(length)}${text}y`, `${"x".repeat(length)}${want}y`);
    }
  },
  "a text that stays a handle keeps its lone surrogates": () => ["\ud83d", "a\udc00", "\udc00\ud83d"].forEach((text) => crosses("string", text)),
  "char: of no character, of two, of half of one": () => ["", "ab", "\ud83d", "\ude00", "e\u0301"].forEach((text) => refuses("char", text, TypeError)),
  "char: at the borders of the surrogates, and the last": () => ["\0", "\ud7ff", "\ue000", "\ufeff", "\uffff", "\u{10000}", "\u{10ffff}"].forEach((text) => crosses("char", text)),
  "texts of every length around the thresholds, ASCII and not": () => {
    for (const size of [16, 32, 64, 128, 256, 1024, 5461, 8192, 16384, 65536])
      for (const length of [size - 1, size, size + 1]) for (const text of ["x".repeat(length), `${"x".repeat(length - 1)}é`, `é${"x".repeat(length - 1)}`]) crosses("str", text);
  },
  "names that objects have anyway are texts like any other": () => ["__proto__", "constructor", "hasOwnProperty", "toString"].forEach((text) => crosses("str", text)),
};
for (const [name, edge] of Object.entries(EDGES)) test(`edge: ${name}`, edge);

test("after all of this both guests live, and hold nothing", () => {
  for (const { host } of [typed, guest]) {
    assert.equal(host.dead, null);
    assert.equal(host.handles.live, 0);
  }
});
