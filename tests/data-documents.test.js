// @ts-check
// Real documents as data: the package-lock.json files of this repository, and one of thousands of packages, into Rust's
// structs and back.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { data } from "../host-js/data.js";
import { instantiate } from "../host-js/host.js";
import { root, wasmPath } from "../scripts/guests.js";

const none = () => undefined;
const { exports, host } = await instantiate(readFileSync(wasmPath("test-data")), { imports: { app: { exchange: none, find: none, send: none, all: none } }, with: [data] });
const read = (/** @type {string} */ path) => JSON.parse(readFileSync(root + path, "utf8"));

/** As many packages as a large application has, from those of a real document. @param {any} lock @param {number} count */
function grown({ packages, ...lock }, count) {
  const entries = Object.entries(packages).filter(([name]) => name !== "");
  const many = Array.from({ length: count }, (_, i) => {
    const [name, content] = entries[i % entries.length];
    return [`${name}-${i}`, { ...content, version: `${i % 40}.${i % 7}.0`, resolved: `https://example.org/${name}/-/${i}.tgz`, integrity: `sha512-${"AbCd".repeat(20)}${i}` }];
  });
  return { ...lock, packages: { "": packages[""], ...Object.fromEntries(many) } };
}

const documents = { workspace: read("package-lock.json"), bench: read("tests/bench/package-lock.json"), large: grown(read("package-lock.json"), 5000) };

for (const [name, lock] of Object.entries(documents))
  test(`${name}, of ${Object.keys(lock.packages).length} packages, comes back equal`, () => {
    assert.deepEqual(exports.lock(lock), lock);
    const names = Object.keys(lock.packages);
    assert.deepEqual(exports.lock_size(lock), new Uint32Array([names.length, names.join("").length]));
    assert.equal(host.handles.live, 0);
  });

test("a document that is another is refused by where it is another", () => {
  const { large } = documents;
  const [, second] = Object.keys(large.packages);
  const other = { ...large, packages: { ...large.packages, [second]: { ...large.packages[second], dev: "yes" } } };
  assert.throws(() => exports.lock(other), { name: "TypeError", message: `lock: value.packages.${second}.dev: invalid type: string "yes", expected a boolean` });
});
