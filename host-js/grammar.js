// @ts-check
// The contract section, read strictly and whole: what `contract.js` takes from it for calls,
// and besides that docs, imports, and types as trees. For tools: a page has no use for it.

import { WireError } from "./errors.js";

/**
 * @typedef {{ is: "plain", name: string }} Plain a scalar, `str` or `bytes`
 * @typedef {{ is: "js", nature: string, borrowed: boolean }} Handle `nature` is the name after `js.`, or empty
 * @typedef {{ is: "name", name: string, borrowed: boolean, changes?: boolean }} Name of a record, an enum, an alias, a class or an interface, or `opaque`; `changes` is `&mut`
 * @typedef {{ is: "list", of: Type }} List
 * @typedef {{ is: "option", of: Type }} Option
 * @typedef {{ is: "stream", of: Type }} Stream
 * @typedef {{ is: "function", params: Type[], result: Type | null, fallible: boolean, error?: string, async?: boolean, any: boolean, borrowed: boolean }} Fn `any` for `fn(..)`
 * @typedef {{ is: "lent", of: Type }} Lent numbers that the callee may write
 * @typedef {Plain | Handle | Name | List | Option | Stream | Lent | Fn} Type
 *
 * @typedef {{ name: string, type: Type }} Field
 * @typedef {{ params: Field[], result: Type | null, fallible: boolean, error?: string, async?: boolean }} Call `result` is null for none; `error` is the record or enum that may be thrown
 * @typedef {Call & { name: string, doc: string }} Export
 * @typedef {Call & { module: string, name: string, key: string }} Import
 * @typedef {{ name: string, fields: Field[] }} Record
 * @typedef {{ name: string, variants: string[] }} Enum
 * @typedef {{ name: string, type: Type }} Alias
 * @typedef {{ name: string, doc: string }} Class
 * @typedef {Call & { kind: "method" | "get" | "set", name: string, of: string, member: string, receiver: string, doc: string }} Member `name` is that of its
 *   wasm export, `of.member`; `receiver` is empty for a static function
 * @typedef {Call & { name: string, detached: boolean }} Method
 * @typedef {{ name: string, methods: Method[] }} Interface
 * @typedef {{ exports: Export[], imports: Import[], records: Record[], enums: Enum[], aliases: Alias[], classes: Class[], members: Member[], interfaces: Interface[], docs: Map<string, string> }} Contract each
 *   sorted by name, since the order of the lines means nothing; `docs` has the texts of `doc` lines by what they are about
 */

/** The types that are whole words. */
export const PLAIN = ["bool", "i8", "u8", "i16", "u16", "i32", "u32", "usize", "i64", "u64", "f32", "f64", "char", "str", "bytes", "data"];

/** Goes through a line from the front. */
class Line {
  at = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /** @param {string} wanted @returns {never} */
  fail(wanted) {
    throw new WireError("bad-contract", "contract", `${this.text} (${wanted} expected in column ${this.at + 1})`);
  }

  /** Goes past a text, if it stands here. @param {string} text */
  eat(text) {
    const here = this.text.startsWith(text, this.at);
    if (here) this.at += text.length;
    return here;
  }

  /** @param {string} text */
  expect(text) {
    if (!this.eat(text)) this.fail(`"${text}"`);
  }

  name() {
    const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(this.text.slice(this.at))?.[0] ?? this.fail("a name");
    this.at += name.length;
    return name;
  }

  /** What remains, a JSON string. */
  string() {
    try {
      const value = JSON.parse(this.text.slice(this.at));
      if (typeof value !== "string") this.fail("a JSON string");
      this.at = this.text.length;
      return value;
    } catch {
      return this.fail("a JSON string");
    }
  }

  /** @template T @param {() => T} item @param {string} [between] @returns {T[]} */
  list(item, between = ", ") {
    const items = [item()];
    while (this.eat(between)) items.push(item());
    return items;
  }

  /** @returns {Field} */
  field() {
    const name = this.name();
    this.expect(": ");
    return { name, type: this.type() };
  }

  /** @returns {Type} */
  type() {
    if (this.eat("&mut [")) return { ...this.bracketed(), is: "lent" };
    if (this.eat("fn(")) return this.function(false);
    if (this.eat("&fn(")) return this.function(true);
    let type = this.eat("[") ? this.bracketed() : this.eat("(") ? this.wrapped() : this.eat("stream<") ? this.stream() : this.word();
    while (this.eat("?")) type = { is: "option", of: type };
    return type;
  }

  /** @returns {List} */
  bracketed() {
    const of = this.type();
    this.expect("]");
    return { is: "list", of };
  }

  /** @returns {Type} */
  stream() {
    const of = this.type();
    this.expect(">");
    return { is: "stream", of };
  }

  /** A function in brackets, so that what follows is not its result's. @returns {Type} */
  wrapped() {
    const type = this.type();
    if (type.is !== "function") this.fail("a function");
    this.expect(")");
    return type;
  }

  /** What follows `fn(`, without a space in it. @param {boolean} borrowed @returns {Type} */
  function(borrowed) {
    if (this.eat("..)")) return { is: "function", params: [], result: null, fallible: false, any: true, borrowed };
    const params = [];
    while (!this.eat(")")) {
      if (params.length > 0) this.expect(",");
      params.push(this.type());
    }
    const call = { is: /** @type {const} */ ("function"), params, any: false, borrowed };
    if (!this.eat("->")) return { ...call, result: null, fallible: false };
    const takes = this.eat("async<") && { async: true };
    const given = this.given(Boolean(takes));
    if (takes) this.expect(">");
    return { ...call, ...given, ...takes };
  }

  /** What a function gives, or its promise. @param {boolean} later */
  given(later) {
    if (!this.eat("result<")) return { result: later && this.eat("()") ? null : this.type(), fallible: false };
    const result = this.eat("()") ? null : this.type();
    const error = this.eat(",") ? this.name() : undefined;
    this.expect(">");
    return { result, fallible: true, ...(error && { error }) };
  }

  /** @returns {Type} */
  word() {
    const borrowed = this.eat("&");
    const changes = borrowed && this.eat("mut ") && { changes: true };
    const name = this.name();
    if (name === "js") return { is: "js", nature: this.eat(".") ? this.name() : "", borrowed };
    if (!PLAIN.includes(name)) return { is: "name", name, borrowed, ...changes };
    return borrowed ? this.fail(`a handle after "&"`) : { is: "plain", name };
  }

  /** What a member takes itself as; empty if nothing. */
  receiver() {
    const receiver = /^(?:&mut |&)?self(?=[,)])/.exec(this.text.slice(this.at))?.[0] ?? "";
    this.at += receiver.length;
    if (receiver && !this.text.startsWith(")", this.at)) this.expect(", ");
    return receiver;
  }

  /** The brackets with the parameters, and the result. @returns {Call} */
  call() {
    this.expect("(");
    return this.rest();
  }

  /** All behind the first bracket and the receiver. @returns {Call} */
  rest() {
    const params = this.text.startsWith(")", this.at) ? [] : this.list(() => this.field());
    this.expect(")");
    if (!this.eat(" -> ")) return { params, result: null, fallible: false };
    const takes = this.eat("async ") && { async: true };
    const fallible = this.eat("result<");
    const result = (fallible || takes) && this.eat("()") ? null : this.type();
    if (!fallible) return { params, result, fallible, ...takes };
    const error = this.eat(", ") ? this.name() : undefined;
    this.expect(">");
    return { params, result, fallible, ...(error && { error }), ...takes };
  }

  /** @returns {Method} */
  method() {
    const method = { name: this.name(), ...this.call() };
    return { ...method, detached: method.result === null && !method.fallible && !method.async && this.eat(" detached") };
  }

  end() {
    if (this.at < this.text.length) this.fail("the end of the line");
  }
}

/**
 * One line, put where it belongs.
 * @param {Contract} contract
 * @param {Line} line
 * @returns {string} what it declares; two lines that declare the same must be equal
 */
function readLine(contract, line) {
  if (line.eat("export ")) {
    const name = line.name();
    contract.exports.push({ name, ...line.call(), doc: line.eat(" ") ? line.string() : "" });
    return `export ${name}`;
  }
  if (line.eat("import ")) {
    const module = line.name();
    line.expect(".");
    const name = line.name();
    const call = line.call();
    line.expect(" as ");
    const key = line.string();
    contract.imports.push({ module, name, ...call, key });
    return `import ${key}`;
  }
  if (line.eat("record ")) {
    const name = line.name();
    line.expect(" { ");
    contract.records.push({ name, fields: line.list(() => line.field()) });
    line.expect(" }");
    return `record ${name}`;
  }
  if (line.eat("enum ")) {
    const name = line.name();
    line.expect(" { ");
    contract.enums.push({ name, variants: line.list(() => line.name()) });
    line.expect(" }");
    return `enum ${name}`;
  }
  if (line.eat("interface ")) {
    const name = line.name();
    line.expect(" { ");
    const methods = line.list(() => line.method(), "; ");
    contract.interfaces.push({ name, methods });
    line.expect(" }");
    return `interface ${name}`;
  }
  if (line.eat("doc ")) {
    const about = line.name() + (line.eat(".") ? `.${line.name()}` : "");
    line.expect(" ");
    const text = line.string();
    // Two parts of a guest may say it in different words: the first are as good.
    if (!contract.docs.has(about)) contract.docs.set(about, text);
    return "";
  }
  if (line.eat("class ")) {
    const name = line.name();
    contract.classes.push({ name, doc: line.eat(" ") ? line.string() : "" });
    return `class ${name}`;
  }
  for (const kind of /** @type {const} */ (["method", "get", "set"])) {
    if (!line.eat(`${kind} `)) continue;
    const of = line.name();
    line.expect(".");
    const member = line.name();
    line.expect("(");
    const receiver = line.receiver();
    contract.members.push({ kind, name: `${of}.${member}`, of, member, receiver, ...line.rest(), doc: line.eat(" ") ? line.string() : "" });
    return `member ${of}.${member}`;
  }
  line.eat("type ") || line.fail("export, import, record, enum, interface, type, class, method, get, set or doc");
  const name = line.name();
  line.expect(" = ");
  contract.aliases.push({ name, type: line.type() });
  return `type ${name}`;
}

/**
 * Reads the text of all contract sections of a module.
 * @param {string[]} sections
 * @returns {Contract}
 * @throws {WireError} `bad-contract`, with the line, when one is not as in WIRE.md, section 10, or two declare one thing differently
 */
export function parseContract(sections) {
  /** @type {Contract} */
  const contract = { exports: [], imports: [], records: [], enums: [], aliases: [], classes: [], members: [], interfaces: [], docs: new Map() };
  /** @type {Map<string, string>} */
  const seen = new Map();
  const lines = new Set(sections.flatMap((section) => section.split("\n")));
  for (const text of lines) {
    if (text === "") continue;
    const line = new Line(text);
    const what = readLine(contract, line);
    line.end();
    if (what === "") continue;
    const before = seen.get(what);
    if (before !== undefined) throw new WireError("bad-contract", "contract", `${before} | ${text}`);
    seen.set(what, text);
  }
  const byName = (/** @type {{ name: string }} */ a, /** @type {{ name: string }} */ b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
  for (const list of Object.values(contract)) if (Array.isArray(list)) list.sort(byName);
  return contract;
}

/** A type as the section writes it. @param {Type} type @returns {string} */
export function showType(type) {
  if (type.is === "option") return type.of.is === "function" ? `(${showType(type.of)})?` : `${showType(type.of)}?`;
  if (type.is === "function") return showFunction(type);
  if (type.is === "stream") return `stream<${showType(type.of)}>`;
  if (type.is === "list") return `[${showType(type.of)}]`;
  if (type.is === "lent") return `&mut [${showType(type.of)}]`;
  if (type.is === "js") return `${type.borrowed ? "&" : ""}js${type.nature && `.${type.nature}`}`;
  return type.is === "name" && type.borrowed ? `&${type.changes ? "mut " : ""}${type.name}` : type.name;
}

/** @param {Fn} type */
function showFunction({ params, result, fallible, error, async, any, borrowed }) {
  const value = result ? showType(result) : "()";
  const given = fallible ? `result<${value}${error ? `,${error}` : ""}>` : value;
  const arrow = async ? `->async<${given}>` : fallible || result ? `->${given}` : "";
  return `${borrowed ? "&" : ""}fn(${any ? ".." : params.map(showType).join(",")})${arrow}`;
}

/** Parameters and result as the section writes them. @param {Call} call @param {string} [receiver] @returns {string} */
export function showCall({ params, result, fallible, error, async }, receiver = "") {
  const type = result ? showType(result) : "()";
  const wait = async ? "async " : "";
  const arrow = fallible ? ` -> ${wait}result<${type}${error ? `, ${error}` : ""}>` : result || async ? ` -> ${wait}${type}` : "";
  return `(${[...(receiver ? [receiver] : []), ...params.map(({ name, type }) => `${name}: ${showType(type)}`)].join(", ")})${arrow}`;
}
