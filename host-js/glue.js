// @ts-check
// Writes glue: for declared exports and imports a function of its own text each, as one would
// write it by hand for just these types. It holds the straight way only. Whatever is not on
// it, an argument that is refused, a long text, a type that is rare, goes to the closure that
// the host makes anyway: so there is one place for each error, and one result on both ways.
// `compile.js` runs the text, `freeze.js` files it.

import { readExports } from "./contract.js";
import { readImports, sourceOf } from "./declared.js";

/**
 * @typedef {object} Form of a type, in text
 * @property {(value: string) => string} test whether a value is one
 * @property {(value: string) => string} [lower] its wire, where it is another than the value
 * @property {(wire: string) => string} lift
 */

/** @param {(value: string) => string} cut what makes a number one in range @returns {Form} */
const integer = (cut) => ({ test: (value) => `typeof ${value} === "number" && ${cut(value)} === ${value}`, lift: cut });
const u32 = integer((value) => `u32(${value})`);
/** @type {Form} */
const float = { test: (value) => `typeof ${value} === "number"`, lift: (wire) => wire };

/** The types of one wire that the text knows. @type {Record<string, Form>} */
const FORMS = {
  bool: { test: (value) => `typeof ${value} === "boolean"`, lower: (value) => `${value} ? 1 : 0`, lift: (wire) => `${wire} !== 0` },
  i8: integer((value) => `(${value} << 24) >> 24`),
  u8: integer((value) => `(${value} & 0xff)`),
  i16: integer((value) => `(${value} << 16) >> 16`),
  u16: integer((value) => `(${value} & 0xffff)`),
  i32: { ...integer((value) => `(${value} | 0)`), lift: (wire) => wire },
  u32,
  usize: u32,
  i64: { test: (value) => `typeof ${value} === "bigint" && BigInt.asIntN(64, ${value}) === ${value}`, lift: (wire) => wire },
  u64: { test: (value) => `typeof ${value} === "bigint" && BigInt.asUintN(64, ${value}) === ${value}`, lift: (wire) => `BigInt.asUintN(64, ${wire})` },
  f32: float,
  f64: float,
};

/** @param {string} type */
const formOf = (type) => (Object.hasOwn(FORMS, type) ? FORMS[type] : undefined);
/** Whether the text takes a parameter of a type. @param {string} type */
const isSimple = (type) => type === "str" || Object.hasOwn(FORMS, type);
/** @param {string[]} lines */
const indent = (lines) => lines.map((line) => `  ${line}`);

/**
 * A function of the shape `Make`: what it takes from its closure is constant there, which engines make use of.
 * @param {import("./contract.js").Declaration} declaration
 * @returns {string[]} lines; none where the plain closure is as good
 */
function exportText({ params, result, fallible }) {
  if (!params.every(({ type }) => isSimple(type))) return [];
  const args = params.map((_, i) => `a${i}`);
  const texts = args.filter((_, i) => params[i].type === "str");
  // The second text lies where the first has left the top, and so on.
  const put = texts.map((arg, i) => (i === 0 ? `putShort(memory, ${arg})` : `(p${i} = memory.top, putShort(memory, ${arg}))`));
  const wires = params.map(({ type }, i) => {
    if (type !== "str") return formOf(type)?.lower?.(args[i]) ?? args[i];
    const at = texts.indexOf(args[i]);
    return `${at === 0 ? "top" : `p${at}`}, ${args[i]}.length`;
  });
  const guards = [`arguments.length !== ${args.length}`, "guest.dead !== null", ...args.flatMap((arg, i) => negated(params[i].type, arg)), ...put.map((call) => `!${call}`)];
  const otherwise = "return whole(...arguments);";
  const call = `raw(${wires.join(", ")})`;
  const gives = fallible || result !== "()";
  return [
    `(guest, raw, params, finish, name) => {`,
    "  const whole = plain(guest, raw, params, finish, name);",
    ...(texts.length > 0 ? ["  const { memory } = guest;"] : []),
    `  return function (${args.join(", ")}) {`,
    ...(texts.length > 0 ? ["    const { top } = memory;"] : []),
    ...(texts.length > 1 ? [`    let ${texts.slice(1).map((_, i) => `p${i + 1}`).join(", ")};`] : []),
    `    if (${guards.join(" || ")}) ${texts.length > 1 ? `{ memory.top = top; ${otherwise} }` : otherwise}`,
    ...(gives ? ["    let result;"] : []),
    "    try {",
    `      ${gives ? `result = ${liftedText(result, fallible, call)}` : call};`,
    "    } catch (cause) {",
    // The poison comes first, and neither calls nor makes anything.
    "      guest.dead ??= OVERFLOW;",
    "      throw guest.die(cause, name);",
    "    }",
    ...(texts.length > 0 ? ["    memory.top = top;"] : []),
    ...(gives ? [`    return ${fallible ? "guest.failed ? guest.settle(result) : result" : "result"};`] : []),
    "  };",
    "}",
  ];
}

/** The test of a guard: that an argument is not of its type. @param {string} type @param {string} arg */
const negated = (type, arg) => (type === "str" ? `typeof ${arg} !== "string"` : `!(${formOf(type)?.test(arg)})`);

/** The value of a call that gives one. @param {string} result @param {boolean} fallible @param {string} call */
function liftedText(result, fallible, call) {
  if (fallible) return result === "str" ? `${call} === 0 ? liftText(guest, finish, name) : finish(1)` : `finish(${call})`;
  return result === "str" ? `(${call}, liftText(guest, finish, name))` : (formOf(result)?.lift(call) ?? `finish(${call})`);
}

/**
 * A function of the shape `Bind`.
 * @param {import("./declared.js").Declared} declared
 * @returns {string[]} lines; none where the plain closure is as good
 */
function importText({ params, result }) {
  const form = formOf(result);
  if (!params.every(({ type }) => isSimple(type)) || !(form || result === "str" || result === "()")) return [];
  let count = 0;
  const next = () => `w${count++}`;
  const values = params.map(({ type }) => formOf(type)?.lift(next()) ?? `guest.text(${next()}, ${next()}, name)`);
  const out = result === "str" ? next() : "";
  return [
    "(guest, given, types, result, name) => {",
    ...(result === "()" ? [] : ["  const where = `${name}: result`;"]),
    `  return function (${Array.from({ length: count }, (_, i) => `w${i}`).join(", ")}) {`,
    ...values.map((value, i) => `    const v${i} = ${value};`),
    ...(out ? [`    const out = alignedAt(guest.memory, ${out}, 1, name, 16, 8);`] : []),
    "    try {",
    `      ${result === "()" ? "" : "const value = "}given(${values.map((_, i) => `v${i}`).join(", ")});`,
    "      if (guest.dead !== null) throw guest.dead;",
    ...(form ? [`      if (${form.test("value")}) return ${form.lower?.("value") ?? "value"};`, "      return result.check(value, where);"] : []),
    ...(out ? [`      giveSlot(guest, result, result.check(value, where), out, name);`] : []),
    "    } catch (thrown) {",
    "      fail(guest, thrown);",
    ...(form ? [`      return ${/64$/.test(result) && result[0] !== "f" ? "0n" : "0"};`] : []),
    "    }",
    "  };",
    "}",
  ];
}

const ARROW = /^\s*(?:async\s*)?(?:\([^()]*\)|[A-Za-z_$][\w$]*)\s*=>/;

/**
 * The text of a function that is given the host, and makes the function of some inline code. Arguments are its parameters, never text.
 * @param {string} key
 * @param {number} count how many arguments it takes
 * @throws {SyntaxError} when the source is no expression; whatever else `new Function` throws, where it is not allowed
 */
export function inlineText(key, count) {
  const source = sourceOf(key);
  // In brackets of both kinds, so that none that it closes is ours. The line break ends a comment that it may end in.
  for (const [open, close] of ["()", "[]"]) new Function(`"use strict"; return ${open}${source}\n${close}`);
  const names = Array.from({ length: count }, (_, i) => `$${i + 1}`);
  return `function ($host) { return ${ARROW.test(source) ? "" : `(${names.join(", ")}) => `}(${source}\n); }`;
}

/** One line of the text of a map for each line of its values. @param {[key: string, lines: string[]][]} entries */
const mapText = (entries) => {
  const texts = entries.filter(([, lines]) => lines.length > 0).flatMap(([key, lines]) => {
    const [first, ...rest] = lines;
    return [`[${JSON.stringify(key)}, ${first}`, ...rest.slice(0, -1), `${rest[rest.length - 1]}],`];
  });
  return ["new Map([", ...indent(texts), "])"];
};

/** What the text takes from the kit. */
const NAMES = ["OVERFLOW", "alignedAt", "fail", "giveSlot", "liftText", "plain", "putShort", "u32"];

/**
 * The body of a function of the kit, which returns `Glue`.
 * @param {WebAssembly.Module} module
 * @returns {string[]} lines
 * @throws {WireError} `bad-contract`
 */
export function glueText(module) {
  const exports = [...readExports(module)].map(([name, declaration]) => /** @type {[string, string[]]} */ ([name, exportText(declaration)]));
  const imports = readImports(module).map((declared) => /** @type {[string, string[]]} */ ([declared.key, importText(declared)]));
  const [first, ...rest] = mapText(imports);
  const [start, ...more] = mapText(exports);
  return [`const { ${NAMES.join(", ")} } = kit;`, `const exports = ${start}`, ...more.slice(0, -1), `${more[more.length - 1]};`, `const imports = ${first}`, ...rest.slice(0, -1), `${rest[rest.length - 1]};`, "return { exports, imports };"];
}
