// @ts-check
// Writes glue: for declared exports and imports a function of its own text each, as one would
// write it by hand for just these types. For exports it holds the straight way only. Whatever is
// not on it, an argument that is refused, a long text, a type that is rare, goes to the closure
// that the host makes anyway: so there is one place for each error, and one result on both ways.
// `compile.js` runs the text, `freeze.js` files it.

import { readClasses } from "./class.js";
import { readExports, readTypes } from "./contract.js";
import { readImports, sourceOf } from "./declared.js";
import { readFunction } from "./function.js";
import { readMethod } from "./interface.js";

/** @typedef {Map<string, string>} Lines what `readTypes` gives */

/**
 * @typedef {object} Scalar a type of one wire, in text
 * @property {(value: string) => string} test whether a value is one
 * @property {(value: string) => string} [lower] its wire, where it is another than the value
 * @property {(wire: string) => string} lift
 * @property {boolean} [number] whether it is a number, in a slot too
 */

/** @param {(value: string) => string} cut what makes a number one in range @param {string} [type] @returns {Scalar} */
const integer = (cut, type = "number") => ({ number: type === "number", test: (value) => `typeof ${value} === "${type}" && ${cut(value)} === ${value}`, lift: cut });
/** @type {(wire: string) => string} */
const same = (wire) => wire;
const u32 = integer((value) => `u32(${value})`);
/** @type {Scalar} */
const float = { number: true, test: (value) => `typeof ${value} === "number"`, lift: same };

/** @type {Record<string, Scalar>} */
const SCALARS = {
  bool: { test: (value) => `typeof ${value} === "boolean"`, lower: (value) => `${value} ? 1 : 0`, lift: (wire) => `${wire} !== 0` },
  i8: integer((value) => `(${value} << 24) >> 24`),
  u8: integer((value) => `(${value} & 0xff)`),
  i16: integer((value) => `(${value} << 16) >> 16`),
  u16: integer((value) => `(${value} & 0xffff)`),
  i32: { ...integer((value) => `(${value} | 0)`), lift: same },
  u32,
  usize: u32,
  i64: { ...integer((value) => `BigInt.asIntN(64, ${value})`, "bigint"), lift: same },
  u64: integer((value) => `BigInt.asUintN(64, ${value})`, "bigint"),
  f32: float,
  f64: float,
};

/**
 * What a type is to the text: a scalar; text; `coded`, one wire that the host's own type checks; a handle, owned or borrowed; or
 * an instance, borrowed (`lent`) or taken; a closure that is lent (`loan`); anything else, `wide` and `data` if that is two wires.
 * @param {string} type
 * @param {Lines} lines
 * @param {number} [steps] that are left, where aliases may go in a circle
 * @returns {{ is: "scalar", scalar: Scalar, any?: undefined } | { is: "text" | "coded" | "owned" | "borrowed" | "data" | "wide" | "instance" | "lent" | "loan" | "other", any?: boolean }} `any`: a handle of any value
 */
function formOf(type, lines, steps = lines.size) {
  // A parameter without a type is the host's to refuse.
  if (!type) return { is: "other" };
  // A function is a handle; one that is lent is an id, of which its type makes a function.
  if (/^&?fn\(/.test(type)) return { is: type.startsWith("&") ? "loan" : "owned" };
  if (Object.hasOwn(SCALARS, type)) return { is: "scalar", scalar: SCALARS[type] };
  if (type === "str") return { is: "text" };
  if (type === "char" || lines.has(`enum ${type}`)) return { is: "coded" };
  if (type === "data") return { is: "data" };
  if (type === "bytes" || /^(?:&mut )?\[.*\]$/.test(type)) return { is: "wide" };
  const plain = type.replace(/^&(?:mut )?/, "");
  if (plain === "opaque" || lines.has(`class ${plain}`)) return { is: plain === type ? "instance" : "lent" };
  if (/^js\b/.test(plain) && !plain.endsWith("?")) return { is: plain === type ? "owned" : "borrowed", any: plain === "js" };
  if (lines.has(`interface ${type}`) || /^stream<.*>$/.test(type)) return { is: "owned" };
  const alias = lines.get(`type ${plain}`);
  return alias && steps > 0 ? formOf(plain === type ? alias : `&${alias}`, lines, steps - 1) : { is: "other" };
}

/** Such a call ends by a function that makes a promise of it. @param {string} result */
const isAsync = (result) => result.startsWith("async ");

/** @param {string[]} lines */
const indent = (lines) => lines.map((line) => `  ${line}`);

/**
 * A function of the shape `Make`: what it takes from its closure is constant there, which engines make use of.
 * @param {import("./contract.js").Declaration} declaration
 * @param {Lines} lines
 * @param {string} [receiver] of a method: the instance is its first parameter, and what it is called on
 * @returns {string[]} lines of text; none where the plain closure is as good
 */
function exportText({ params, result, fallible }, lines, receiver = "") {
  if (receiver === "self" || isAsync(result)) return [];
  const forms = params.map(({ type }) => formOf(type, lines));
  if (forms.length === 1 && forms[0].is === "data" && !receiver) return dataText(result, Boolean(fallible), lines);
  const handles = forms.filter(({ is }) => is === "owned" || is === "borrowed");
  if (forms.some(({ is }) => is === "wide" || is === "data" || is === "instance" || is === "loan" || is === "other") || handles.length > 1) return [];
  const args = forms.map((_, i) => `a${i}`);
  const shift = receiver ? 1 : 0;
  const texts = args.filter((_, i) => forms[i].is === "text");
  const guards = forms.flatMap((form, i) => (form.is === "scalar" ? [`!(${form.scalar.test(args[i])})`] : form.is === "text" ? [`typeof ${args[i]} !== "string"`] : []));
  // What these checks throw, the plain closure would: all others have passed.
  const checks = forms.flatMap(({ is }, i) => (is === "coded" || (handles.includes(forms[i]) && !forms[i].any) ? [`const x${i} = params[${i + shift}].type.check(${args[i]}, params[${i + shift}].where);`] : []));
  const lent = [...(receiver ? [{ id: "self", arg: "this", at: 0 }] : []), ...forms.flatMap(({ is }, i) => (is === "lent" ? [{ id: `x${i}`, arg: args[i], at: i + shift }] : []))];
  const ids = lent.map(({ id, arg, at }) => `const ${id} = idOf(${arg}, family${at}, where${at});`);
  // The second text lies where the first has left the top, and so on.
  const puts = texts.map((arg, i) => `${i === 0 ? "" : `(p${i} = memory.top), `}(n${i} = putText(memory, ${arg})) < 0`);
  const lets = texts.flatMap((_, i) => (i === 0 ? ["n0"] : [`n${i}`, `p${i}`]));
  const wires = forms.map((form, i) => {
    if (form.is === "scalar") return form.scalar.lower?.(args[i]) ?? args[i];
    if (form.is !== "text") return form.is === "coded" || form.is === "lent" ? `x${i}` : "handle";
    const at = texts.indexOf(args[i]);
    return `${at === 0 ? "top" : `p${at}`}, n${at}`;
  });
  const given = forms.indexOf(handles[0]);
  const givenValue = handles[0]?.any ? args[given] : `x${given}`;
  const takes = !fallible && formOf(result, lines).any === true;
  const gives = Boolean(fallible) || result !== "()";
  // What borrows can be refused. An id is taken when no code of the host runs any more that could end it.
  const refusable = lent.length > 0;
  if (refusable && given >= 0) return [];
  const call = `raw(${[...(receiver ? ["self"] : []), ...wires].join(", ")})`;
  const usesTop = texts.length > 0;
  const whole = receiver ? "whole.apply(this, arguments)" : "whole(...arguments)";
  const simple = refusable && !fallible && !usesTop;
  const value = gives ? lifted(result, Boolean(fallible), simple || refusable ? "wire" : call, lines) : "";
  const calls = simple
    ? [`      const wire = ${call};`, `      if (handles.misuse === null) return${gives ? ` ${value}` : ""};`, "      result = refuse(guest, handles, name);"]
    : refusable
      ? [`      const wire = ${call};`, `      result = handles.misuse !== null ? refuse(guest, handles, name) : ${gives ? value : "undefined"};`]
      : [`      ${gives ? `result = ${value}` : call};`];
  return [
    `(guest, raw, params, finish, name) => {`,
    ...(refusable ? ["  const handles = handlesOf(guest);", `  const { idOf, refuse, ${receiver ? "member" : "refusing"} } = handles.lending;`] : []),
    `  const whole = ${receiver ? "member" : refusable ? "refusing" : "plain"}(guest, raw, params, finish, name);`,
    ...lent.map(({ at }) => `  const { type: { family: family${at} }, where: where${at} } = params[${at}];`),
    ...(usesTop ? ["  const { memory } = guest;"] : []),
    ...(takes && !refusable ? ["  const handles = handlesOf(guest);"] : []),
    ...(given >= 0 ? ["  const { slab } = handlesOf(guest);"] : []),
    // A method is no constructor.
    `  return ${receiver ? `{ method(${args.join(", ")}) {` : `function (${args.join(", ")}) {`}`,
    `    if (${[`arguments.length !== ${args.length}`, "guest.dead !== null", ...guards].join(" || ")}) return ${whole};`,
    ...indent(indent([...ids, ...checks])),
    // A check may have run code of the host, a proxy's trap, which killed the instance.
    ...(given >= 0 && checks.length > 0 ? ["    if (guest.dead !== null) throw guest.poisoned(name);"] : []),
    ...(usesTop ? ["    const { top } = memory;"] : []),
    ...(lets.length > 0 ? [`    let ${lets.join(", ")};`] : []),
    ...(puts.length > 0 ? [`    if (${puts.map((put) => (puts.length > 1 ? `(${put})` : put)).join(" || ")}) {`, "      memory.top = top;", `      return ${whole};`, "    }"] : []),
    ...(given >= 0 ? [`    const handle = ${usesTop ? `give(guest, ${givenValue}, top)` : `slab.add(${givenValue})`};`] : []),
    ...(gives || refusable ? ["    let result;"] : []),
    "    try {",
    ...calls,
    // A lent handle goes back; the fixed ones stay.
    ...(handles[0]?.is === "borrowed" ? ["      if (handle > 7 || handle < 0) slab.release(handle, name);"] : []),
    "    } catch (cause) {",
    "      guest.dead ??= OVERFLOW;",
    "      throw guest.die(cause, name);",
    "    }",
    ...(usesTop ? ["    memory.top = top;"] : []),
    // Thrown here, and not in a function of the kit: each on the way to the caller costs an engine more than all else.
    ...(fallible || refusable ? ["    if (guest.failed) throw ended(guest, result);"] : []),
    ...(gives || refusable ? ["    return result;"] : []),
    receiver ? "  } }.method;" : "  };",
    "}",
  ];
}

/** A function of one argument, data, as the group has it: that argument is written right where the guest reads it. @param {string} result @param {boolean} fallible @param {Lines} lines */
function dataText(result, fallible, lines) {
  const gives = fallible || result !== "()";
  return [
    "(guest, raw, params, finish, name) => {",
    "  const { call, handles, parameter, refuse, roots, state, whole } = params[0].type.one(guest, raw, params[0], finish, name);",
    "  const { memory } = guest;",
    "  return function (a0) {",
    "    if (arguments.length !== 1 || guest.dead !== null) return whole(...arguments);",
    "    const { top } = memory;",
    "    const ptr = parameter.straight(guest, state, a0);",
    "    if (ptr <= 0) return call(a0, ptr);",
    "    let result;",
    "    try {",
    "      guest.entered++;",
    "      const wire = raw(ptr, guest.len);",
    "      if (handles.misuse !== null) {",
    "        guest.entered--;",
    "        result = refuse(guest, handles, name);",
    `      }${gives ? ` else result = ${lifted(result, fallible, "wire", lines)};` : ""}`,
    "    } catch (cause) {",
    "      guest.dead ??= OVERFLOW;",
    "      roots.end();",
    "      throw guest.die(cause, name);",
    "    }",
    "    memory.top = top;",
    "    roots.end();",
    "    if (guest.failed) throw ended(guest, result);",
    "    return result;",
    "  };",
    "}",
  ];
}

/** The value of a call that gives one. @param {string} result @param {boolean} fallible @param {string} call @param {Lines} lines */
function lifted(result, fallible, call, lines) {
  const form = formOf(result, lines);
  if (fallible) {
    const lift = form.is === "text" ? "liftText(guest, finish, name)" : form.is === "scalar" && form.scalar.number ? "liftNumber(guest, finish)" : "";
    return lift ? `${call} === 0 ? ${lift} : finish(1)` : `finish(${call})`;
  }
  if (form.is === "text") return `(${call}, liftText(guest, finish, name))`;
  if (form.any) return `handles.take(${call}, name)`;
  return form.is === "scalar" ? form.scalar.lift(call) : `finish(${call})`;
}

/**
 * A function of the shape `Bind`.
 * @param {import("./declared.js").Declared} declared
 * @param {Lines} lines
 * @returns {string[]} lines of text
 */
function importText({ params, result }, lines) {
  if (isAsync(result)) return [];
  let count = 0;
  const next = () => `w${count++}`;
  /** @type {string[]} */
  const makers = [];
  /** @type {{ begin: string[], end: string }[]} */
  const loans = [];
  const values = params.map(({ type }, i) => {
    const form = formOf(type, lines);
    if (form.is === "scalar") return form.scalar.lift(next());
    if (form.is === "text") return `guest.text(${next()}, ${next()}, name)`;
    if (form.is === "borrowed") return `slab.get(${next()}, name)`;
    if (form.is === "loan") {
      makers.push(`  let plan${i} = null;`);
      loans.push({ begin: [`let id${i} = ${next()};`, `plan${i} ??= types[${i}].lend(guest, name);`], end: `id${i} = 0;` });
      const quick = loanText(type, i);
      if (quick) return quick;
      loans.push({ begin: [`const c${i} = new Callable(id${i});`], end: `c${i}.end();` });
      return `plan${i}.make(c${i})`;
    }
    makers.push(`  const make${i} = acceptor(guest, types[${i}], name);`);
    return `make${i}(${next()}, ${form.is === "wide" || form.is === "data" ? next() : 0})`;
  });
  const form = result === "()" ? undefined : formOf(result, lines);
  if (form?.is === "instance") return [];
  const flat = form && ["scalar", "coded", "owned"].includes(form.is);
  const out = form && !flat ? next() : "";
  const checked = [
    "const checked = result.check(value, where);",
    // Again: reading a value may run getters.
    "if (guest.dead !== null) throw guest.dead;",
    !flat ? "giveSlot(guest, result, checked, out, name);" : form.is === "owned" ? "return slab.add(checked);" : "return checked;",
  ];
  const give = form?.is === "scalar" ? [`if (${form.scalar.test("value")}) return ${form.scalar.lower?.("value") ?? "value"};`, "return result.check(value, where);"] : form ? checked : [];
  return [
    "(guest, given, types, result, name) => {",
    ...(form ? ["  const where = `${name}: result`;"] : []),
    "  const handles = handlesOf(guest);", "  const { slab } = handles;",
    ...makers,
    `  return function (${Array.from({ length: count }, (_, i) => `w${i}`).join(", ")}) {`,
    ...indent(indent(loans.flatMap(({ begin }) => begin))),
    ...values.map((value, i) => `    const v${i} = ${value};`),
    ...(out ? [`    const out = alignedAt(guest.memory, ${out}, 1, name, 16, 8);`] : []),
    "    try {",
    `      ${form ? "const value = " : ""}given(${values.map((_, i) => `v${i}`).join(", ")});`,
    "      if (guest.dead !== null) throw guest.dead;",
    ...indent(indent(indent(give))),
    "    } catch (thrown) {",
    "      fail(guest, thrown);",
    ...(flat ? [`      return ${form.is === "scalar" && form.scalar.test("").includes("bigint") ? "0n" : "0"};`] : []),
    ...(loans.length > 0 ? ["    } finally {"] : []),
    ...loans.map(({ end }) => `      ${end}`),
    "    }",
    "  };",
    "}",
  ];
}

/** The types of a closure that is called with integers: no float among them, and none that a wire of 32 bits can't have. */
const INTEGER = /^(?:bool|[iu](?:8|16|32)|usize)$/;

/**
 * A function of a closure of integers that is lent, in place of what its plan makes. It forgets the id when the call ends that it was lent for; what is not straight goes to the plan.
 * @param {string} type @param {number} i of the parameter
 * @returns {string | undefined} undefined for closures of other types
 */
function loanText(type, i) {
  const said = readFunction(type.slice(1));
  if (!said || said.any || said.async || said.fallible || said.params.length > 4 || !said.params.every((param) => INTEGER.test(param)) || !(said.result === "()" || INTEGER.test(said.result))) return undefined;
  const args = said.params.map((_, n) => `b${n}`);
  const tests = said.params.map((param, n) => `!(${SCALARS[param].test(args[n])})`);
  const wires = [0, 1, 2, 3].map((n) => (n < args.length ? SCALARS[said.params[n]].lower?.(args[n]) ?? args[n] : "0"));
  return [
    // In brackets it has no name, as that of a plan.
    `(0, (${args.join(", ")}) => {`,
    `      if (${[`id${i} === 0`, "guest.dead !== null", ...tests].join(" || ")}) return plan${i}.make(new Callable(id${i}))(${args.join(", ")});`,
    "      let wire;",
    "      try {",
    `        wire = plan${i}.call4i(id${i}, ${wires.join(", ")});`,
    "      } catch (cause) {",
    "        guest.dead ??= OVERFLOW;",
    `        throw guest.die(cause, plan${i}.name);`,
    "      }",
    `      if (handles.misuse !== null) throw plan${i}.refused();`,
    ...(said.result === "()" ? [] : [`      return ${SCALARS[said.result].lift("wire")};`]),
    "    })",
  ].join("\n");
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
  // The last argument of an async import makes its signal when it is asked for it.
  if (key.startsWith("async ") && /\$signal\b/.test(source)) names.push("{ signal: $signal }");
  return `function ($host) { return ${ARROW.test(source) ? "" : `(${names.join(", ")}) => `}(${source}\n); }`;
}

/** @param {string} name of the variable @param {[key: string, lines: string[]][]} entries */
function mapText(name, entries) {
  const texts = entries.filter(([, lines]) => lines.length > 0).flatMap(([key, [first, ...rest]]) => [`[${JSON.stringify(key)}, ${first}`, ...rest.slice(0, -1), `${rest[rest.length - 1]}],`]);
  return [`const ${name} = new Map([`, ...indent(texts), "]);"];
}

/** What the text takes from the kit. */
const NAMES = ["Callable", "OVERFLOW", "acceptor", "alignedAt", "ended", "fail", "give", "giveSlot", "handlesOf", "liftNumber", "liftText", "plain", "putText", "u32"];

/**
 * The body of a function of the kit, which returns `Glue`.
 * @param {WebAssembly.Module} module
 * @returns {string[]} lines
 * @throws {WireError} `bad-contract`
 */
export function glueText(module) {
  const lines = new Map([...readTypes(module), ...Array.from(readClasses(module).keys(), (name) => /** @type {const} */ ([`class ${name}`, ""]))]);
  const members = Array.from(readClasses(module), ([of, members]) => members.map((member) => /** @type {[string, string[]]} */ ([`${of}.${member.name}`, exportText(member, lines, member.receiver)])));
  const exports = mapText("exports", [...Array.from(readExports(module), ([name, declaration]) => /** @type {[string, string[]]} */ ([name, exportText(declaration, lines)])), ...members.flat()]);
  const imports = mapText("imports", readImports(module, readMethod).map((declared) => [declared.key, importText(declared, lines)]));
  return [`const { ${NAMES.join(", ")} } = kit;`, ...exports, ...imports, "return { exports, imports };"];
}
