// @ts-check
// The direction of dependency, read off the sources. Each rule is also shown to fail.

import assert from "node:assert/strict";
import { posix } from "node:path";
import test from "node:test";
import { importsOf, jsCode, repositoryFiles, rustCode, withoutMacros } from "./support/source.js";

/**
 * @typedef {import("./support/source.js").Files} Files
 * @typedef {(files: Files) => string[]} Rule gives one message for each breach
 */

/** The files of host-js from the bottom up: each imports only from lines above its own. */
const LAYERS = [
  ["errors"],
  ["report", "source", "thread", "thrown"],
  ["advice", "assign", "brand", "callable", "drop", "function", "grammar", "guard", "kind", "memory", "module"],
  ["slab"],
  ["external", "signature", "string", "units", "utf16"],
  ["contract", "dts", "guest", "handles", "inspect", "names", "short-text", "types", "utf8"],
  ["homes", "lacking", "lately", "text-cache", "whole"],
  ["fast", "needs"],
  ["pool", "portable"],
  ["debug", "detached", "outcome", "esm", "misuse", "named", "slot"],
  ["arena", "form", "keys", "located", "makers", "put", "roots", "tags"],
  ["joined", "known", "object-text", "objects", "written"],
  ["big", "foreign", "texts", "words"],
  ["encode", "form-text"],
  ["decode", "parameter"],
  ["interface", "batch"],
  ["call", "exports", "short", "view"],
  ["refusable"],
  ["composite", "scalar", "shapes"],
  ["flat"],
  ["slotted"],
  ["plan"],
  ["closure"],
  ["data", "declared", "instance"],
  ["method"],
  ["class", "offer", "pending", "promise"],
  ["task"],
  ["promised", "promising", "stream"],
  ["stream-type"],
  ["glue", "kit"],
  ["imports/*"],
  ["core", "groups"],
  ["hooks"],
  ["async", "base", "host", "trace", "worker", "compile", "freeze"],
  ["worker-script"],
];
/** The crates from the bottom up, with the crates of this repository that each may depend on. */
const CRATES = new Map([
  ["abi", []],
  ["handwire", ["abi"]],
  ["web", ["abi", "handwire"]],
]);
const FEATURE_MODULES = ["task", "data", "batch"];
const LONGEST = 350;

/** @param {string} path in host-js, without `.js` */
const layerOf = (path) => LAYERS.findIndex((layer) => layer.includes(path.startsWith("imports/") ? "imports/*" : path));
/** @param {Files} files @param {RegExp} pattern @returns {[path: string, text: string, match: RegExpExecArray][]} */
const matching = (files, pattern) =>
  [...files].flatMap(([path, text]) => {
    const match = pattern.exec(path);
    return match ? [/** @type {[string, string, RegExpExecArray]} */ ([path, text, match])] : [];
  });
/** @param {string} text @param {RegExp} pattern @returns {number[]} the lines where it matches, from 1 */
const linesWith = (text, pattern) => text.split("\n").flatMap((line, i) => (pattern.test(line) ? [i + 1] : []));

/** @type {Rule} */
function hostImportsDownward(files) {
  return matching(files, /^host-js\/(?!bin\/|types\/)(.+)\.js$/).flatMap(([path, text, [, name]]) => {
    const layer = layerOf(name);
    if (layer < 0) return [`${path} is in no layer: give it one in LAYERS`];
    return importsOf(text).flatMap((specifier) => {
      if (!specifier.startsWith(".")) return [`${path} imports ${specifier}: host-js depends on nothing`];
      const to = posix.join(posix.dirname(path), specifier);
      if (!files.has(to)) return [`${path} imports ${specifier}, which does not exist`];
      const other = to.replace(/^host-js\/|\.js$/g, "");
      if (to.startsWith("host-js/") && layerOf(other) < layer) return [];
      return [`${path} imports ${to}: only what is below it may be imported`];
    });
  });
}

/** @type {Rule} */
function cratesDependDownward(files) {
  const manifests = matching(files, /^crates\/([\w-]+)\/Cargo\.toml$/).flatMap(([path, text, [, crate]]) => {
    const allowed = CRATES.get(crate);
    if (!allowed) return [`${path} is a crate in no layer: give it one in CRATES`];
    const lines = text.split("\n");
    const at = (/** @type {number} */ i) => lines.slice(0, i).findLast((line) => line.startsWith("[")) ?? "";
    return lines.flatMap((line, i) => {
      const name = /^([\w-]+)(?:\.workspace)?\s*=/.exec(line)?.[1];
      if (!name || !/(?<!dev-|build-)dependencies[\].]/.test(at(i))) return [];
      if (crate === "abi") return [`${path} depends on ${name}: abi depends on nothing`];
      const own = name === "handwire" ? "handwire" : /^handwire-(\w+)$/.exec(name)?.[1];
      return own && !allowed.includes(own) ? [`${path} depends on ${name}, which is above it`] : [];
    });
  });
  const uses = matching(files, /^crates\/(\w+)\/src\/.*\.rs$/).flatMap(([path, text, [, crate]]) => {
    const allowed = CRATES.get(crate) ?? [];
    const named = rustCode(text).matchAll(/\bhandwire(?:_(\w+))?::/g);
    const above = [...named].map((match) => match[1] ?? "handwire").filter((name) => CRATES.has(name) && name !== crate && !allowed.includes(name));
    return above.map((name) => `${path} uses crates/${name}, which is above it`);
  });
  return [...manifests, ...uses];
}

/** @type {Rule} */
function featureModulesStayApart(files) {
  const names = FEATURE_MODULES.join("|");
  return matching(files, new RegExp(`^crates/handwire/src/(${names})(?:\\.rs|/)`)).flatMap(([path, text, [, own]]) =>
    [...rustCode(text).matchAll(new RegExp(`\\b(?:crate|super)::(${names})\\b`, "g"))]
      .filter(([, other]) => other !== own)
      .map(([, other]) => `${path} uses ${other}: feature modules never use each other`),
  );
}

/** @type {Rule} */
function libraryKnowsNoExamplesOrTests(files) {
  return matching(files, /^(?:crates|host-js)\/.*\.(?:rs|js|toml|json)$/).flatMap(([path, text]) => {
    // A crate's own folders of these names, and a module of tests, are something else.
    const outside = /(?:\.\.\/)+(?:examples|tests)\/|(?<![\w./-])(?:examples|tests)\/\w/;
    return linesWith(text, outside).map((line) => `${path}:${line} names examples/ or tests/: the library knows neither`);
  });
}

/** @type {Rule} */
function importsInOneFile(files) {
  return matching(files, /^crates\/.*\.rs$/).flatMap(([path, text]) => {
    if (path === "crates/abi/src/imports.rs") return [];
    const code = withoutMacros(rustCode(text));
    return linesWith(code, /wasm_import_module/).map((line) => `${path}:${line} declares imports: only crates/abi/src/imports.rs does`);
  });
}

/** @type {Rule} */
function exportsInOneFile(files) {
  /** @type {Set<string>} */
  const homes = new Set();
  const wrong = matching(files, /^crates\/.*\.rs$/).flatMap(([path, text]) => {
    const code = withoutMacros(rustCode(text));
    const lines = linesWith(code, /\bno_mangle\b|\bexport_name\b/);
    if (lines.length === 0) return [];
    if (path.endsWith("/src/exports.rs")) homes.add(path);
    return path.endsWith("/src/exports.rs") ? [] : lines.map((line) => `${path}:${line} exports a symbol: only exports.rs does`);
  });
  return homes.size > 1 ? [...wrong, `${[...homes].join(" and ")} both export symbols: only one exports.rs does`] : wrong;
}

/** @type {Rule} */
function unsignedInOnePlace(files) {
  return matching(files, /^host-js\/(?!memory\.js|types\/).*\.js$/).flatMap(([path, text]) =>
    linesWith(jsCode(text), />>>=?\s*0\b/).map((line) => `${path}:${line} has ">>> 0": use u32 of memory.js`),
  );
}

/** @type {Rule} */
function filesStayShort(files) {
  return matching(files, /^(?!tests\/|bench\/).*\.(?:rs|js|mjs|sh|html)$/).flatMap(([path, text]) => {
    const lines = text.split("\n").length - 1;
    return lines > LONGEST ? [`${path} has ${lines} lines, more than ${LONGEST}: split it`] : [];
  });
}

/**
 * Every rule with files that break it, each with a part of the message that it must give.
 * @type {[rule: Rule, samples: [Record<string, string>, RegExp][]][]}
 */
const RULES = [
  [hostImportsDownward, [
    [{ "host-js/slab.js": 'import { x } from "./slot.js";', "host-js/slot.js": "" }, /slab\.js imports host-js\/slot\.js/],
    [{ "host-js/imports/a.js": 'import {\n  x,\n} from "./b.js";', "host-js/imports/b.js": "" }, /imports\/a\.js imports host-js\/imports\/b\.js/],
    [{ "host-js/core.js": 'export * from "./host.js";', "host-js/host.js": "" }, /core\.js imports host-js\/host\.js/],
    [{ "host-js/host.js": 'const x = await import("./trace.js");', "host-js/trace.js": "" }, /host\.js imports host-js\/trace\.js/],
    [{ "host-js/host.js": 'import "node:fs";' }, /host-js depends on nothing/],
    [{ "host-js/host.js": 'import { a } from "./gone.js";' }, /does not exist/],
    [{ "host-js/utils.js": "" }, /utils\.js is in no layer/],
    [{ "host-js/host.js": 'import { a } from "../tests/a.js";', "tests/a.js": "" }, /host\.js imports tests\/a\.js/],
  ]],
  [cratesDependDownward, [
    [{ "crates/abi/Cargo.toml": "[dependencies]\nlibm = \"1\"" }, /abi depends on nothing/],
    [{ "crates/handwire/Cargo.toml": "[dependencies]\nhandwire-web.workspace = true" }, /depends on handwire-web, which is above/],
    [{ "crates/handwire/Cargo.toml": "[target.'cfg(unix)'.dependencies]\nhandwire-web = \"1\"" }, /depends on handwire-web, which is above/],
    [{ "crates/abi/src/lib.rs": "use handwire::JsValue;" }, /uses crates\/handwire, which is above/],
    [{ "crates/handwire/src/lib.rs": "fn f() { handwire_web::log() }" }, /uses crates\/web, which is above/],
    [{ "crates/extra/Cargo.toml": "" }, /in no layer/],
  ]],
  [featureModulesStayApart, [
    [{ "crates/handwire/src/task/wake.rs": "use crate::data::Reader;" }, /task\/wake\.rs uses data/],
    [{ "crates/handwire/src/batch.rs": "use super::task;" }, /batch\.rs uses task/],
  ]],
  [libraryKnowsNoExamplesOrTests, [
    [{ "host-js/host.js": "// see examples/hello" }, /host\.js:1 names/],
    [{ "crates/abi/src/lib.rs": '\ninclude_str!("../../../tests/vectors.json")' }, /lib\.rs:2 names/],
  ]],
  [importsInOneFile, [
    [{ "crates/handwire/src/value.rs": '#[link(wasm_import_module = "handwire")]\nunsafe extern "C" {}' }, /value\.rs:1 declares imports/],
  ]],
  [exportsInOneFile, [
    [{ "crates/handwire/src/panic.rs": "#[unsafe(no_mangle)]\nextern fn hw_x() {}" }, /panic\.rs:1 exports/],
    [{ "crates/handwire/src/exports.rs": "#[unsafe(no_mangle)]", "crates/web/src/exports.rs": "#[unsafe(no_mangle)]" }, /both export/],
  ]],
  [unsignedInOnePlace, [[{ "host-js/slot.js": "const ptr = wire >>> 0;" }, /slot\.js:1 has/]]],
  [filesStayShort, [[{ "host-js/slot.js": "\n".repeat(351) }, /has 351 lines/]]],
];

for (const [rule, samples] of RULES) {
  const name = rule.name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  test(`${name}: this repository`, () => {
    assert.deepEqual(rule(repositoryFiles()), []);
  });
  test(`${name}: the rule can fail`, () => {
    for (const [files, message] of samples) {
      const found = rule(new Map(Object.entries(files)));
      assert.equal(found.length, 1, `${found.length} breaches in ${JSON.stringify(files)}: ${found.join("; ")}`);
      assert.match(found[0], message);
    }
  });
}

test("what is allowed is not taken for a breach", () => {
  const files = new Map(Object.entries({
    "host-js/errors.js": "/** @import { Slab } from './slab.js' */\n// import './host.js' >>> 0\nexport class WireError extends Error {}",
    "host-js/memory.js": 'import { WireError } from "./errors.js";\nexport const u32 = (n) => n >>> 0;',
    "host-js/imports/text.js": 'import { u32 } from "../memory.js";\nconst text = "import \'./host.js\'";\n/** @param {import("../core.js").Host} host */\nexport const f = (host) => host;',
    "host-js/core.js": "",
    "host-js/slab.js": "",
    "crates/abi/Cargo.toml": "[dependencies]\n[dev-dependencies]\nproptest = \"1\"\n[lints]\nworkspace = true",
    "crates/handwire/src/macros.rs": 'macro_rules! import { () => { #[link(wasm_import_module = "a")] extern "C" {} } }\n// no_mangle\n#[cfg(test)] mod tests {}',
    "tests/long.js": "\n".repeat(400),
  }));
  for (const [rule] of RULES) assert.deepEqual(rule(files), [], rule.name);
});
