// @ts-check
// The guest's memory: what stays flat, what grows while host code runs, and both allocators.

import assert from "node:assert/strict";
import test from "node:test";
import { leavesNothing, startGuest, thrownBy } from "./support/guest.js";

const guest = await startGuest();
const { exports, raw, host } = guest;

test("dlmalloc stays flat under a thousand rounds of vectors that double", () => {
  const first = exports.alloc_doubling(1);
  const pages = exports.alloc_pages();
  exports.alloc_doubling(1000);
  assert.equal(exports.alloc_pages(), pages);
  assert.equal(exports.alloc_doubling(1), first);
});

test("wee_alloc grows under the same: what its documentation says", async (t) => {
  const { exports } = await startGuest({}, "test-guest-wee");
  exports.alloc_doubling(1);
  const pages = exports.alloc_pages();
  exports.alloc_doubling(20);
  const growth = (exports.alloc_pages() - pages) / 20;
  t.diagnostic(`wee_alloc: ${growth} pages a round`);
  assert.ok(growth > 1, `it grew by ${growth} pages a round: then the warning is out of date`);
});

test("the same guest on wee_alloc works", async () => {
  const { exports, host } = await startGuest({}, "test-guest-wee");
  for (const length of [0, 1, 300, 20_000, 100_000]) assert.ok(exports.string_echo("é".repeat(length)) === "é".repeat(length));
  assert.deepEqual(exports.array_copy([1, "a", null]), [1, "a", null]);
  assert.throws(() => exports.error_throw("é"), { message: "é" });
  for (const align of [1, 2, 4, 8]) assert.equal(exports.alloc_aligned(align), true);
  assert.match(thrownBy(() => exports.panic_text("é")).message, /: é$/);
  assert.equal(host.handles.live, 0);
});

test("blocks of any alignment: zeroed, kept when they grow and shrink", () => {
  const aligns = Array.from({ length: 17 }, (_, i) => 2 ** i);
  for (const align of aligns) assert.equal(exports.alloc_aligned(align), true, String(align));
  const pages = exports.alloc_pages();
  for (let i = 0; i < 1000; i++) for (const align of aligns) exports.alloc_aligned(align);
  assert.equal(exports.alloc_pages(), pages, "all are given back");
});

test("hw_alloc: aligned, writable, 0 for nonsense and for what isn't there", () => {
  for (const align of [1, 2, 4, 8])
    for (const size of [1, 7, 8, 9, 65_537]) {
      const ptr = raw.hw_alloc(size, align);
      assert.ok(ptr > 0 && ptr % align === 0);
      host.bytes(ptr, size).fill(0xa5);
      raw.hw_free(ptr, size, align);
    }
  for (const [size, align] of [[0, 1], [8, 0], [8, 3], [8, 16], [0xffffffff, 1], [0x80000000, 8]]) assert.equal(raw.hw_alloc(size, align), 0, `${size} at ${align}`);
});

test("memory grows while the guest waits: in a getter, in a function, in a proxy's trap", () => {
  const pages = exports.alloc_pages();
  const name = "é".repeat(50);
  const grow = () => {
    assert.equal(exports.alloc_grow(16), true);
    return Uint8Array.of(1, 2, 3);
  };
  const expected = `before: é ${name} [1, 2, 3]`;
  assert.equal(exports.alloc_read_around({ get [name]() { return grow(); } }, name), expected);
  assert.equal(exports.alloc_read_around(new Proxy({}, { get: grow }), name), expected);
  assert.deepEqual(exports.function_call(grow, undefined, []), Uint8Array.of(1, 2, 3));
  assert.equal(exports.alloc_pages(), pages + 48);
});

test("memory grows by hand between two calls", () => {
  const view = new Uint8Array(raw.memory.buffer);
  raw.memory.grow(1);
  assert.equal(view.length, 0);
  assert.equal(exports.string_echo("é"), "é");
  assert.equal(exports.convert_property({ value: 1.5 }, "f64"), 1.5);
});

test("memory grows while the second argument is lowered after the first was written", async () => {
  const { exports } = await startGuest();
  const pages = exports.alloc_pages();
  const [first, second] = ["a".repeat(1000), "é".repeat(5_000_000)];
  assert.ok(exports.string_pair(first, second) === `${first}|${second}`);
  assert.ok(exports.alloc_pages() > pages);
  const [third, fourth] = ["ü".repeat(8_000_000), "ö".repeat(20_000_000)];
  assert.ok(exports.string_pair(third, fourth) === `${third}|${fourth}`);
});

test("pointers above 2 GiB", async () => {
  const { exports, host } = await startGuest();
  assert.equal(exports.alloc_grow(33_000), true);
  const text = "é".repeat(100_000);
  const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => i);
  // The allocator takes new memory from the end, which is beyond 2 GiB now.
  const ptr = host.lower([new Uint8Array(40_000_000)], (ptr) => ptr);
  assert.ok(ptr >>> 0 > 2 ** 31, String(ptr));
  for (let i = 0; i < 3; i++) {
    assert.ok(exports.string_echo(text) === text);
    assert.ok(exports.string_pair(text, text) === `${text}|${text}`);
    assert.deepEqual(exports.bytes_echo(bytes), bytes);
    assert.ok(exports.string_text(text) === text);
    assert.deepEqual(exports.typed_round(new Float64Array(100_000)), new Float64Array(100_000));
    assert.equal(exports.function_count((/** @type {any[]} */ ...args) => args.length, 60_000), 60_000);
  }
});

test("an argument for which there is no memory is out-of-memory, and the guest lives", async () => {
  const { exports, raw } = await startGuest();
  while (raw.memory.buffer.byteLength < 2 ** 32 - 65_536 * 100) if (!exports.alloc_grow(Math.min(1024, 65_536 - exports.alloc_pages() - 64))) break;
  const large = new Uint8Array(50_000_000);
  assert.throws(() => exports.bytes_echo(large), { name: "WireError", code: "out-of-memory" });
  assert.throws(() => exports.string_echo("x".repeat(50_000_000)), { name: "WireError", code: "out-of-memory" });
  assert.equal(exports.alive(), "yes");
  assert.equal(exports.string_echo("é".repeat(20_000)).length, 20_000);
});

test("all memory taken and given back can be taken again", async () => {
  const { exports } = await startGuest();
  const size = 16 * 1024 * 1024;
  const count = exports.alloc_fill(size);
  assert.ok(count > 200, String(count));
  const pages = exports.alloc_pages();
  assert.equal(exports.alloc_fill(size), count);
  assert.equal(exports.alloc_pages(), pages);
});

test("results that are kept and handed over in turn", () => {
  const pages = exports.alloc_pages();
  for (let i = 0; i < 1000; i++) {
    const length = [1, 65_536, 65_537, 100, 200_000][i % 5];
    assert.equal(exports.bytes_make(length, i & 0xff).length, length);
  }
  const after = exports.alloc_pages();
  for (let i = 0; i < 1000; i++) exports.bytes_make([1, 65_536, 65_537, 100, 200_000][i % 5], 1);
  assert.equal(exports.alloc_pages(), after);
  assert.ok(after - pages < 64);
});

leavesNothing(guest, (i) => {
  exports.string_echo("é".repeat(i % 3000));
  exports.bytes_echo(new Uint8Array((i * 37) % 20_000));
});
