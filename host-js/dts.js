// @ts-check
// The text of a .d.ts for a module: its exports and what it needs of the embedder, as its
// contract declares them.

import { showType } from "./grammar.js";
import { isMethod, resolve } from "./signature.js";

/** @typedef {import("./grammar.js").Contract} Contract */
/** @typedef {import("./grammar.js").Type} Type */
/** @typedef {import("./grammar.js").Call} Call */
/** @typedef {import("./grammar.js").Field} Field */
/** @typedef {import("./module.js").Module} Module */
/** @typedef {"given" | "got"} Way to the guest, where more is taken, or from it, where it is known what comes */

/** Types of the contract that are one type of TypeScript both ways. @type {Record<string, string>} */
const PLAIN = { bool: "boolean", i64: "bigint", u64: "bigint", char: "string", str: "string", bytes: "Uint8Array", data: "any" };
/** Lists of numbers. @type {Record<string, string>} */
const ARRAYS = {
  i8: "Int8Array", u8: "Uint8Array", i16: "Int16Array", u16: "Uint16Array", i32: "Int32Array", u32: "Uint32Array",
  f32: "Float32Array", f64: "Float64Array", i64: "BigInt64Array", u64: "BigUint64Array",
};
/** What stands after `js.`; a typed array is its own name. @type {Record<string, string>} */
const NATURES = { "": "any", Object: "object", String: "string", BigInt: "bigint", Symbol: "symbol", Array: "any[]", Promise: "PromiseLike<any>" };

/** What stands behind the parameters of an async function: of the guest's, and of the embedder's. */
const OPTIONS = "options?: { signal?: AbortSignal }", CALL = "call: { readonly signal: AbortSignal }";

/** Names of the parameters of functions, which have none. */
const LETTERS = "abcdefgh";

/** Names that a declared type can't have in the file. */
const TAKEN = new Set([
  ..."Exports Imports LentNumbers Host Options Source Instance WebAssembly Function Date Promise PromiseLike AbortSignal AsyncIterable AsyncIterableIterator Iterable ReadableStream any unknown never object string number boolean bigint symbol undefined null void".split(" "),
  ...Object.values(ARRAYS),
  "Uint8ClampedArray",
]);
const RESERVED = new Set(
  ("break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super " +
    "switch this throw true try typeof var void while with await yield let static implements interface package private protected public eval arguments").split(" "),
);

/** Whether a text can be a name of the language. @param {string} name */
export const isIdentifier = (name) => /^[A-Za-z_$][\w$]*$/.test(name) && !RESERVED.has(name);

/** A doc comment; nothing for no text. @param {string} text @param {string} [margin] */
export function docComment(text, margin = "") {
  const lines = text.replaceAll("*/", "*\\/").split("\n").map((line) => line.trimEnd());
  if (lines.every((line) => line === "")) return "";
  if (lines.length === 1) return `${margin}/** ${lines[0]} */\n`;
  return `${margin}/**\n${lines.map((line) => `${margin} *${line && ` ${line}`}\n`).join("")}${margin} */\n`;
}

/** The types of one contract, as TypeScript. */
class Types {
  /** The names of records, enums and aliases in the file. @type {Map<string, string>} */
  names = new Map();
  /** The names of those that take more than they give, as what is given. @type {Map<string, string>} */
  inputs = new Map();

  /** @param {Contract} contract */
  constructor(contract) {
    this.contract = contract;
    const taken = new Set(TAKEN);
    const free = (/** @type {string} */ name) => {
      while (taken.has(name) || RESERVED.has(name)) name += "_";
      taken.add(name);
      return name;
    };
    for (const { name } of [...contract.records, ...contract.enums, ...contract.aliases, ...contract.classes, ...contract.interfaces]) this.names.set(name, free(name));
    this.names.set("opaque", free("Opaque"));
    // One that holds another whose two forms differ has two forms itself.
    for (let before = -1; before < this.inputs.size; ) {
      before = this.inputs.size;
      for (const { name, fields } of contract.records)
        if (!this.inputs.has(name) && this.fields(fields, "given") !== this.fields(fields, "got")) this.inputs.set(name, free(`${name}Input`));
      for (const { name, type } of contract.aliases)
        if (!this.inputs.has(name) && this.text(type, "given") !== this.text(type, "got")) this.inputs.set(name, free(`${name}Input`));
    }
  }

  /** @param {Type} type @param {Way} way @returns {string} */
  text(type, way) {
    if (type.is === "option") {
      const text = this.text(type.of, way);
      const inner = type.of.is === "function" ? `(${text})` : text;
      return inner === "any" ? inner : `${inner}${way === "given" ? " | null" : ""} | undefined`;
    }
    if (type.is === "stream") return this.stream(this.text(type.of, way), way);
    if (type.is === "list") return this.list(type.of, way);
    if (type.is === "lent") {
      const array = ARRAYS[showType(type.of)];
      return way === "given" ? array : `LentNumbers<${array}>`;
    }
    if (type.is === "function") return this.function(type, way);
    if (type.is === "js") return NATURES[type.nature] ?? type.nature;
    if (type.is === "plain") return PLAIN[type.name] ?? "number";
    return (way === "given" && this.inputs.get(type.name)) || (this.names.get(type.name) ?? type.name);
  }

  /** Who calls it gives its arguments: the guest, of a function that it is given. @param {import("./grammar.js").Fn} type @param {Way} way */
  function({ params, result, async, any, borrowed }, way) {
    const other = way === "given" ? "got" : "given";
    const last = params.findLastIndex((type) => !this.isOption(type));
    const shown = params.map((type, i) => (other === "given" && i > last ? `${LETTERS[i] ?? `a${i}`}?: ${this.text(type, other).replace(/ \| undefined$/, "")}` : `${LETTERS[i] ?? `a${i}`}: ${this.text(type, other)}`));
    const value = result ? this.text(result, way) : "void";
    if (async) shown.push(way === "got" ? OPTIONS : CALL);
    const gives = !async ? value : way === "got" ? `Promise<${value}>` : `${value} | PromiseLike<${value}>`;
    const call = any ? "(...args: any[]) => any" : `(${shown.join(", ")}) => ${gives}`;
    // A closure that was given away has it; any other function that comes back from the guest may not.
    return way === "got" && !borrowed ? `(${call}) & { free?(): void }` : call;
  }

  /** @param {string} item @param {Way} way */
  stream(item, way) {
    return way === "got" ? `AsyncIterableIterator<${item}>` : `AsyncIterable<${item}> | Iterable<${item} | PromiseLike<${item}>> | ReadableStream<${item}>`;
  }

  /** @param {Type} of @param {Way} way */
  list(of, way) {
    const inner = this.text(of, way);
    const element = inner.includes(" ") ? `(${inner})` : inner;
    const array = of.is === "plain" && ARRAYS[of.name];
    if (way === "got") return array || `${element}[]`;
    return array ? `${array} | readonly ${element}[]` : `readonly ${element}[]`;
  }

  /** @param {Field[]} fields @param {Way} way @param {string} [of] the record, for its docs */
  fields(fields, way, of = "") {
    return fields.map(({ name, type }) => `${this.doc(`${of}.${name}`, "  ")}  ${name}${way === "given" && this.isOption(type) ? "?" : ""}: ${this.text(type, way)};\n`).join("");
  }

  /** What is said of something. @param {string} name @param {string} [margin] @param {string[]} [variants] of an enum, each with what is said of it */
  doc(name, margin, variants = []) {
    const { docs } = this.contract;
    const said = variants.flatMap((variant) => (docs.has(`${name}.${variant}`) ? [`- \`${variant}\`: ${docs.get(`${name}.${variant}`)}`] : []));
    return docComment([docs.get(name), said.join("\n")].filter(Boolean).join("\n\n"), margin);
  }

  /** @param {Type} type */
  isOption(type) {
    return resolve(this.contract, type)?.is === "option";
  }

  /** Parameters and result, seen from the one who calls or from the one who is called. @param {Call} call @param {Way} way of the parameters @param {string} [told] what is behind the parameters of an async one that is called */
  call({ params, result, async }, way, told = CALL) {
    const last = params.findLastIndex(({ type }) => !this.isOption(type));
    const shown = params.map(({ name, type }, i) => {
      const label = isIdentifier(name) ? name : `${name}_`;
      return way === "given" && i > last ? `${label}?: ${this.text(type, way).replace(/ \| undefined$/, "")}` : `${label}: ${this.text(type, way)}`;
    });
    const type = result ? this.text(result, way === "given" ? "got" : "given") : "void";
    if (!async) return `(${shown.join(", ")}): ${type}`;
    return way === "given"
      ? `(${[...shown, OPTIONS].join(", ")}): Promise<${type}>`
      : `(${[...shown, told].join(", ")}): ${type} | PromiseLike<${type}>`;
  }

  /** The classes, as exports. */
  values() {
    return this.contract.classes.map(({ name, doc }) => `${docComment(doc, "  ")}  ${key(name)}: typeof ${this.names.get(name)};\n`);
  }

  /** The classes, which are values, too. */
  classes() {
    const { classes, members } = this.contract;
    return classes.map(({ name, doc }) => {
      const own = members.filter(({ of }) => of === name).sort((a, b) => Number(isConstructor(b)) - Number(isConstructor(a)));
      const shown = own.map((member) => docComment(docOf(member), "  ") + `  ${this.member(member)};\n`);
      if (!own.some(isConstructor)) shown.unshift("  private constructor();\n");
      return `${docComment(doc)}${this.class(this.names.get(name) ?? name, shown)}`;
    });
  }

  /** The class of what is opaque, if there is such a thing. */
  opaque() {
    const told = JSON.stringify([this.contract.exports, this.contract.imports, this.contract.members, this.contract.records, this.contract.aliases]);
    const doc = docComment("A value of the guest, which takes it back.");
    return told.includes('"name":"opaque"') ? [doc + this.class(this.names.get("opaque") ?? "", ["  private constructor();\n"])] : [];
  }

  /** @param {string} name @param {string[]} members */
  class(name, members) {
    const free = docComment("Ends it: it must not be used any more.", "  ");
    return `export class ${name} {\n  #private;\n${members.join("")}${free}  free(): void;\n${free}  [Symbol.dispose](): void;\n}\n`;
  }

  /** @param {import("./grammar.js").Member} member */
  member(member) {
    const { kind, receiver, params } = member;
    if (kind === "get") return `get ${key(member.member)}${this.call(member, "given")}`;
    if (kind === "set") return `set ${key(member.member.slice(4))}(${isIdentifier(params[0].name) ? params[0].name : "value"}: ${this.text(params[0].type, "given")})`;
    if (isConstructor(member)) return `constructor${this.call({ ...member, result: null }, "given").replace(/: void$/, "")}`;
    return `${receiver === "" ? "static " : ""}${key(member.member)}${this.call(member, "given")}`;
  }

  /** An interface, as the embedder implements it. @param {import("./grammar.js").Interface} interface_ */
  interface({ name: of, methods }) {
    const shown = methods.map((method) => {
      const doc = [this.contract.docs.get(`${of}.${method.name}`), method.detached && "Called when the guest has returned.", method.error && `@throws {${this.names.get(method.error) ?? method.error}}`];
      return `${docComment(doc.filter(Boolean).join("\n"), "  ")}  ${method.name}${this.call(method, "got", "call?: { readonly signal?: AbortSignal }")};\n`;
    });
    if (!methods.some(({ name }) => name === "dispose")) shown.push(`${docComment("Called when the guest holds the object no more.", "  ")}  dispose?(): void;\n`);
    if (!methods.some(({ name }) => name === "free")) shown.push(`${docComment("Of an object that the guest implements: ends it.", "  ")}  free?(): void;\n`);
    return `${this.doc(of)}export interface ${this.names.get(of)} {\n${shown.join("")}}\n`;
  }

  /** Records, enums, aliases and interfaces. */
  declarations() {
    const { records, enums, aliases, interfaces } = this.contract;
    const both = (/** @type {string} */ name, /** @type {(name: string, way: Way) => string} */ make) => {
      const input = this.inputs.get(name);
      return make(this.names.get(name) ?? name, "got") + (input ? `\n/** What is taken for a {@link ${this.names.get(name)}}. */\n${make(input, "given")}` : "");
    };
    return [
      ...records.map(({ name: of, fields }) => both(of, (name, way) => `${way === "got" ? this.doc(of) : ""}export interface ${name} {\n${this.fields(fields, way, of)}}\n`)),
      ...enums.map(({ name, variants }) => `${this.doc(name, "", variants)}export type ${this.names.get(name)} = ${variants.map((variant) => JSON.stringify(variant)).join(" | ")};\n`),
      ...aliases.map(({ name, type }) => both(name, (named, way) => `${way === "got" ? this.doc(name) : ""}export type ${named} = ${this.text(type, way)};\n`)),
      ...interfaces.map((declared) => this.interface(declared)),
    ];
  }
}

/** @param {import("./grammar.js").Member} member */
const isConstructor = ({ kind, member, receiver }) => kind === "method" && member === "new" && receiver === "";

/** The docs of a call, with what it may throw. @param {Call & { doc: string }} call */
const docOf = ({ doc, fallible, error }) => (fallible ? `${doc}\n@throws ${error ? `{${error}}` : "what the guest returns as its error"}`.replace(/^\n/, "") : doc);

/** A function of plain numbers. @param {import("./module.js").Signature | undefined} type */
function rawCall(type = { params: [], results: [] }) {
  const number = (/** @type {string} */ wire) => (wire === "i64" ? "bigint" : /^[if]\d/.test(wire) ? "number" : "any");
  const { params, results } = type;
  const result = results.length > 1 ? `[${results.map(number).join(", ")}]` : results[0] ? number(results[0]) : "void";
  return `(${params.map((wire, i) => `wire${i}: ${number(wire)}`).join(", ")}): ${result}`;
}

/** A name before a colon or a bracket. @param {string} name */
const key = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));

/** The functions that the host makes, but for those of classes and interfaces: with a declaration and without. @param {Contract} contract @param {Module} module */
export const callable = ({ exports, members, interfaces }, module) =>
  module.exports
    .filter(({ name, kind }) => kind === "function" && !name.startsWith("hw_") && !members.some((member) => member.name === name) && !isMethod(interfaces, name))
    .map(({ name, type }) => ({ name, type, declared: exports.find((item) => item.name === name) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** @param {Contract} contract @param {Module} module @param {Types} types */
const showExports = (contract, module, types) =>
  callable(contract, module).map(({ name, type, declared }) => {
    if (!declared) return docComment("Not declared in the contract: a function of numbers.", "  ") + `  ${key(name)}${rawCall(type)};\n`;
    return docComment(docOf(declared), "  ") + `  ${key(name)}${types.call(declared, "given")};\n`;
  });

/** What a function of the embedder's gets for `&mut [T]`: the class of handwire/view.js. */
const LENT = `/** Numbers in the guest's memory, which may be read and written until the call returns; after that, all of this throws. */
export interface LentNumbers<T extends ArrayLike<number | bigint>> {
  readonly length: number;
  get(index: number): T[number];
  set(index: number, value: T[number]): void;
  /** A copy of some, or of all, which stays. */
  copy(start?: number, end?: number): T;
  /** Into a typed array, as many as it holds. */
  read(to: T, index?: number): void;
  write(values: T | ArrayLike<T[number]>, index?: number): void;
  fill(value: T[number], start?: number, end?: number): void;
  [Symbol.iterator](): Iterator<T[number]>;
}
`;

/** What the embedder supplies, by module. @param {Contract} contract @param {Module} module @param {Types} types @returns {Map<string, string[]>} */
function showImports(contract, module, types) {
  /** @type {Map<string, string[]>} */
  const modules = new Map();
  const add = (/** @type {string} */ from, /** @type {string} */ line) => modules.set(from, [...new Set([...(modules.get(from) ?? []), line])]);
  for (const { module: from, name, kind, type } of module.imports) {
    // The host makes these of the objects that it is given.
    if (from === "declared" && name.startsWith("interface ")) continue;
    const declared = from === "declared" && contract.imports.find((item) => item.key === name);
    if (declared) {
      if (declared.module !== "js") add(declared.module, `${docComment(contract.docs.get(`${declared.module}.${declared.name}`) ?? "", "    ")}    ${key(declared.name)}${types.call(declared, "got")};\n`);
    } else if (kind === "function") {
      if (from !== "handwire") add(from, `    ${key(name)}${rawCall(type)};\n`);
    } else if (kind === "memory") add(from, `    /** Or \`options.memory\`. */\n    ${key(name)}?: WebAssembly.Memory;\n`);
    else add(from, `    ${key(name)}: ${kind === "table" ? "WebAssembly.Table" : kind === "global" ? "WebAssembly.Global | number | bigint" : "any"};\n`);
  }
  return modules;
}

/** Whether a module needs functions, or anything else, of the embedder. @param {Contract} contract @param {Module} module */
export const needsImports = (contract, module) => showImports(contract, module, new Types(contract)).size > 0;

/** What a class is called in the .d.ts. @param {Contract} contract @param {string} name */
export const classNameOf = (contract, name) => new Types(contract).names.get(name) ?? name;

/**
 * The text of a .d.ts.
 * @param {string} file the name of the module
 * @param {Contract} contract which has no problems
 * @param {Module} module
 * @returns {string}
 */
export function makeDts(file, contract, module) {
  const types = new Types(contract);
  const imports = [...showImports(contract, module, types)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    `// What ${JSON.stringify(file)} exports and imports, by its contract. Made by \`handwire types\`.\n`,
    `${docComment("The exports, as in `const { exports } = await instantiate<Exports>(source)`.")}export interface Exports {\n${[...showExports(contract, module, types), ...types.values()].join("")}}\n`,
    ...types.classes(),
    ...types.opaque(),
    ...types.declarations(),
  ];
  if (contract.classes.length + types.opaque().length > 0) parts.unshift('/// <reference lib="esnext.disposable" />\n');
  const needed = imports.map(([from, lines]) => `  ${key(from)}: {\n${lines.join("")}  };\n`).join("");
  parts.push(`${docComment("What the module needs, for `options.imports`.")}export type Imports = ${needed ? `{\n${needed}}` : "Record<string, never>"};\n`);
  if (/: LentNumbers</.test(needed)) parts.push(LENT);
  return parts.join("\n");
}
