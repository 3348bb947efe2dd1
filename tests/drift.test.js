// @ts-check
// WIRE.md, the signatures of real modules, the operations of the JavaScript host and the
// constants of both sides say the same. A difference is named by row and source; the last
// tests change a row of the contract and look for its name.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import { async_ } from "../host-js/async.js";
import { operands as hostOperands, operations as hostOperations } from "../host-js/batch.js";
import { classes as hostClasses, elements as hostElements } from "../host-js/brand.js";
import { resolve } from "../host-js/composite.js";
import { MAJOR, MINOR } from "../host-js/core.js";
import { data } from "../host-js/data.js";
import { advice } from "../host-js/errors.js";
import { all } from "../host-js/groups.js";
import { handlesOf } from "../host-js/handles.js";
import { Host, instantiate } from "../host-js/host.js";
import { view } from "../host-js/imports/view.js";
import * as hostKinds from "../host-js/kind.js";
import * as slab from "../host-js/slab.js";
import { root, wasmPath } from "../scripts/guests.js";
import { rustConstants } from "./support/constants.js";
import { differences, present } from "./support/drift.js";
import { ARENA, FEATURES, declaredOperations, everyOperation } from "./support/operations.js";
import { jsCode } from "./support/source.js";
import { readModule, showSignature } from "../host-js/module.js";
import * as wire from "./support/wire.js";

/** @typedef {import("./support/drift.js").Rows} Rows */

const bytes = everyOperation();
const module = new WebAssembly.Module(bytes);

/** @param {string[]} lines */
const none = (lines) => assert.equal(lines.length, 0, lines.join("\n"));
/** @param {wire.Constant[]} constants @returns {Rows} by the name that Rust gives them */
const asRust = (constants) => new Map(constants.map(([name, value]) => [wire.constantName(name), value]));
/** @param {string} text @returns {Rows} */
const signatures = (text) => new Map(wire.operations(text).map(({ name, signature }) => [name, signature]));
/** @param {Uint8Array} bytes @returns {Rows} */
const imported = (bytes) =>
  new Map(readModule(bytes).imports.filter(({ module }) => module === "handwire").map(({ name, type }) => [name, type ? showSignature(type) : "not a function"]));

const host = new Host(module, { with: [async_, data] });
/** Every group of the JavaScript host, those that have no file of their own too. */
const groups = [.../** @type {import("../host-js/core.js").Group[]} */ (/** @type {any} */ (host).groups), ...all];
/** All operations that it offers, made for a real guest. @type {Record<string, Function>} */
const offered = Object.assign({}, ...groups.map((group) => group.imports(host.guest)));

/** @param {string} text */
const importDrift = (text) => differences("operation", signatures(text), "the imports of a guest of crates/abi", imported(bytes));

/** @param {string} text */
function hostDrift(text) {
  const arity = new Map(wire.operations(text).map(({ name, params }) => [name, `${params.length} parameters`]));
  return differences("operation", arity, "the groups of host-js", new Map(Object.entries(offered).map(([name, fn]) => [name, `${fn.length} parameters`])));
}

/** @param {string} text */
function constantDrift(text) {
  const { FIRST, INDEX_BITS, ...handles } = Object.fromEntries(rustConstants("handle.rs", "impl Handle"));
  const { major, minor, magic, indexBits } = wire.numbers(text);
  const fixed = asRust(wire.fixedHandles(text));
  return [
    ...differences("handle", fixed, "crates/abi/src/handle.rs", new Map(Object.entries(handles))),
    ...differences("layout of handles", new Map([["FIRST", fixed.size], ["INDEX_BITS", indexBits]]), "crates/abi/src/handle.rs", new Map(Object.entries({ FIRST, INDEX_BITS }))),
    ...differences("slot kind", asRust(wire.slotKinds(text)), "crates/abi/src/slot.rs", rustConstants("slot.rs", "mod kind")),
    ...differences("value kind", asRust(wire.valueKinds(text)), "crates/abi/src/lib.rs", rustConstants("lib.rs", "mod value_kind")),
    ...differences("class", asRust(wire.classes(text)), "crates/abi/src/lib.rs", rustConstants("lib.rs", "mod class")),
    ...differences("element kind", asRust(wire.elementKinds(text)), "crates/abi/src/lib.rs", rustConstants("lib.rs", "mod element")),
    ...differences("batch word", batchWords(text), "crates/abi/src/lib.rs", new Map([...rustConstants("lib.rs", "mod batch")].filter(([name]) => !NO_WORDS.includes(name)))),
    ...differences("version", new Map([["MAJOR", major], ["MINOR", minor]]), "crates/abi/src/lib.rs", rustConstants("lib.rs", "")),
    ...differences("record", new Map([["MAGIC", magic]]), "crates/abi/src/info.rs", rustConstants("info.rs", "impl Info")),
  ];
}

/** Operations and operands of batches, whose names are all different. @param {string} text @returns {Rows} */
const batchWords = (text) => new Map([...wire.batchOperations(text), ...wire.operands(text)]);
/** What else stands with them in Rust: bits, places, limits. */
const NO_WORDS = ["KEEP", "ALL", "FIRST", "SECOND", "THIRD", "ARGC", "MOST_ARGS", "ARGS_A_WORD", "KIND_BITS"];

/** @param {string} text */
function hostConstantDrift(text) {
  const { NONE, UNDEFINED, NULL, FALSE, TRUE, GLOBAL, EXTRAS, NUMBER } = slab;
  const { other, typedArray, ...named } = hostClasses;
  const { major, minor } = wire.numbers(text);
  return [
    ...differences("handle", asRust(wire.fixedHandles(text)), "host-js/slab.js", new Map(Object.entries({ NONE, UNDEFINED, NULL, FALSE, TRUE, GLOBAL, EXTRAS, NUMBER }))),
    ...differences("slot kind", asRust(wire.slotKinds(text)), "host-js/kind.js", new Map(Object.entries(hostKinds))),
    ...differences("batch word", batchWords(text), "host-js/batch.js", new Map([...Object.entries(hostOperations), ...Object.entries(hostOperands)].map(([name, value]) => [name.toUpperCase(), value]))),
    ...differences("class", new Map(wire.classes(text)), "host-js/brand.js", new Map(Object.entries({ OTHER: other, ...named, TYPED_ARRAY: typedArray }))),
    ...differences("element kind", new Map(wire.elementKinds(text)), "host-js/brand.js", hostElementKinds()),
    ...differences("version", new Map([["MAJOR", major], ["MINOR", minor]]), "host-js/core.js", new Map(Object.entries({ MAJOR, MINOR }))),
    ...differences("type", present(wire.contractTypes(text).filter((type) => !isComposite(type))), "the groups of host-js", present(Object.keys(plainTypes).filter((type) => !type.endsWith("!")))),
  ];
}

const plainTypes = Object.assign({}, ...groups.map(({ types }) => types));

/** Whether a type of the table is one that the host makes of others: `T` stands for any. @param {string} type @returns {boolean} */
const isComposite = (type) =>
  [resolve, view.resolve].some((make) => /** @type {any} */ (make)(type.replace("T", "f64"), (/** @type {string} */ inner) => plainTypes[inner], new Map(), "drift") !== undefined);

/** The element kinds as the contract calls them: `BigUint64Array` is `u64`. @returns {Rows} */
function hostElementKinds() {
  const rows = new Map();
  hostElements.forEach((type, kind) => {
    const match = type && /^(?:Big)?(Int|Uint|Float)(\d+)(Clamped)?Array$/.exec(type.name);
    if (match) rows.set(match[1][0].toLowerCase() + match[2] + (match[3] ? "_clamped" : ""), kind);
  });
  return rows;
}

/** @param {string} text */
function codeDrift(text) {
  const used = readdirSync(`${root}host-js`, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js") && file !== "advice.js").flatMap((file) => {
    const code = jsCode(readFileSync(`${root}host-js/${file}`, "utf8"));
    const named = code.includes("WireError(code,") ? [...code.matchAll(/\bconst (?:code|MISUSES) =[^;]+;/g)] : [];
    return [...code.matchAll(/\b(?:Wire|Panic|Poisoned)Error\([^,]+,/g), ...named].flatMap(([place]) => [...place.matchAll(/"([^"]+)"/g)].map(([, name]) => name));
  });
  return differences("error code", present(wire.errorCodes(text)), "host-js", present(used));
}

test("operations: the imports of a real module have the contract's signatures", () => {
  none(importDrift(wire.wireText));
});

test("operations: the raw crate declares them in the contract's order, with its names of parameters", () => {
  const said = wire.operations().map(({ name, params }) => `${name}(${params.join(", ")})`);
  assert.deepEqual(declaredOperations().map(({ name, params }) => `${name}(${params.join(", ")})`), said);
});

test("operations: the JavaScript host offers all, with as many parameters, and no other", () => {
  none(hostDrift(wire.wireText));
  none(differences("operation", present(signatures(wire.wireText).keys()), "the imports of a Host", present(Object.keys(host.imports.handwire))));
});

test("operations: each group is a file of the name of its noun", async () => {
  for (const file of readdirSync(`${root}host-js/imports`)) {
    const found = Object.values(await import(`../host-js/imports/${file}`));
    assert.equal(found.length, 1, `host-js/imports/${file} exports one group and nothing else`);
    const [group] = found;
    assert.equal(`${group.name}.js`, file);
    assert.ok(groups.includes(group), `host-js/host.js offers the group ${group.name}`);
    for (const operation of Object.keys(group.imports(host.guest))) assert.ok(operation.startsWith(`${group.name}_`), `${operation} stands in host-js/imports/${file}`);
  }
});

test("operations: every guest's imports and exports keep to the contract", () => {
  for (const name of ["hello", "tour", "test-guest"]) {
    const guest = readModule(readFileSync(wasmPath(name)));
    const used = new Map(guest.imports.filter(({ module }) => module === "handwire").map(({ name, type }) => [name, type ? showSignature(type) : "not a function"]));
    none(differences("operation", signatures(wire.wireText), `the imports of ${name}`, used, { partial: true }));
    const runtime = new Map(wire.runtimeExports().map(({ name, signature }) => [name, signature]));
    const exported = new Map(guest.exports.filter(({ name }) => name.startsWith("hw_")).map(({ name, type }) => [name, type ? showSignature(type) : "not a function"]));
    none(differences("export", runtime, `the exports of ${name}`, exported));
  }
});

test("constants: the raw crate has the contract's", () => {
  none(constantDrift(wire.wireText));
});

test("constants: the JavaScript host has the contract's", () => {
  none(hostConstantDrift(wire.wireText));
});

test("constants: the JavaScript host answers the contract's value kinds", () => {
  const values = { undefined: undefined, null: null, bool: true, number: 1, bigint: 1n, string: "", symbol: Symbol(), function: () => {}, object: {} };
  const { slab } = handlesOf(host.guest);
  const answers = Object.entries(values).map(([name, value]) => /** @type {const} */ ([name, offered.value_kind(slab.add(value))]));
  none(differences("value kind", new Map(wire.valueKinds()), "host-js/imports/value.js", new Map(answers)));
});

test("error codes: the JavaScript host raises all, and no other", () => {
  none(codeDrift(wire.wireText));
});

test("error codes: there is advice on each but the panic, which speaks for itself", () => {
  const codes = wire.errorCodes().filter((code) => code !== "panic");
  none(differences("error code", present(codes), "host-js/advice.js", present(Object.keys(advice))));
});

test("the info record lies in memory as the contract says", async () => {
  const { raw, host } = await instantiate(module, { with: [async_, data] });
  const at = raw.hw_info();
  const view = new DataView(raw.memory.buffer);
  const fields = wire.infoFields().map(({ offset, type, name }) => [name, type === "u16" ? view.getUint16(at + offset, true) : view.getUint32(at + offset, true)]);
  const { arena_ptr, return_ptr, ...known } = Object.fromEntries(fields);
  const { magic, major, minor } = wire.numbers();
  assert.deepEqual(known, { magic, major, minor, features: FEATURES, arena_len: ARENA, status_ptr: 0, reserved: 0 });
  // The guest's room is the arena, with the return slot behind it.
  assert.equal(return_ptr, arena_ptr + ARENA);
  assert.equal(host.handles.live, 0);
});

test("a changed row is found, and named with both sides", () => {
  /** @type {[find: (text: string) => string[], from: string, to: string, message: RegExp][]} */
  const changes = [
    [importDrift, "`(number: f64) -> i32`", "`(number: f32) -> i32`", /^operation value_from_number: \(f32\) -> i32 in WIRE\.md, \(f64\) -> i32 in the imports of a guest/],
    [importDrift, "| `handle_clone` |", "| `handle_copy` |", /^operation handle_copy: in WIRE\.md.*not in the imports.*\noperation handle_clone: in the imports.*not in WIRE\.md$/],
    [hostDrift, "`(a: i32, b: i32) -> i32` | `===`", "`(a: i32) -> i32` | `===`", /^operation value_equal: 1 parameters in WIRE\.md, 2 parameters in the groups of host-js$/],
    [hostDrift, "| `json_parse` |", "| `json_read` |", /^operation json_read: in WIRE\.md.*\noperation json_parse: in the groups of host-js/],
    [constantDrift, "| 9 | `bytes` |", "| 12 | `bytes` |", /^slot kind BYTES: 12 in WIRE\.md, 9 in crates\/abi\/src\/slot\.rs$/],
    [constantDrift, "| 6 | `EXTRAS` |", "| 6 | `EXTRA` |", /^handle EXTRA: in WIRE\.md.*\nhandle EXTRAS: in crates\/abi\/src\/handle\.rs/],
    [constantDrift, "| 8 | `function` |", "| 10 | `function` |", /^value kind FUNCTION: 10 in WIRE\.md, 8 in crates/],
    [constantDrift, "| 5 | `DataView` |", "| 6 | `DataView` |", /^class DATA_VIEW: 6 in WIRE\.md, 5 in crates/],
    [constantDrift, "9 `f64`, 10 `i64`", "9 `f64`, 12 `i64`", /^element kind I64: 12 in WIRE\.md, 10 in crates/],
    [constantDrift, "contract, version 1.0", "contract, version 1.1", /^version MINOR: 1 in WIRE\.md, 0 in crates/],
    [constantDrift, "generation << 22", "generation << 20", /^layout of handles INDEX_BITS: 20 in WIRE\.md, 22 in crates/],
    [constantDrift, "`0x52495748`", "`0x52495749`", /^record MAGIC: 1380538185 in WIRE\.md, 1380538184 in crates/],
    [constantDrift, "| 11 | `BYTES` |", "| 12 | `BYTES` |", /^batch word BYTES: 12 in WIRE\.md, 11 in crates\/abi\/src\/lib\.rs$/],
    [hostConstantDrift, "| 5 | `APPLY` |", "| 6 | `APPLY` |", /^batch word APPLY: 6 in WIRE\.md, 5 in host-js\/batch\.js$/],
    [hostConstantDrift, "| 9 | `bytes` |", "| 12 | `bytes` |", /^slot kind BYTES: 12 in WIRE\.md, 9 in host-js\/kind\.js$/],
    [hostConstantDrift, "| 2 | `NULL` |", "| 9 | `NULL` |", /^handle NULL: 9 in WIRE\.md, 2 in host-js\/slab\.js$/],
    [hostConstantDrift, "contract, version 1.0", "contract, version 2.0", /^version MAJOR: 2 in WIRE\.md, 1 in host-js\/core\.js$/],
    [hostConstantDrift, "\n| `char` |", "\n| `rune` |", /^type rune: in WIRE\.md.*\ntype char: in the groups of host-js/],
    [codeDrift, "| `stale-handle` |", "| `old-handle` |", /^error code old-handle: in WIRE\.md.*\nerror code stale-handle: in host-js/],
  ];
  for (const [find, from, to, message] of changes) {
    assert.ok(wire.wireText.includes(from), `WIRE.md has ${from}`);
    assert.match(find(wire.wireText.replace(from, to)).join("\n"), message);
  }
});
