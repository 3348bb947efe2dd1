// @ts-check
// The least that a page loads: instantiates a module, offers the operations that it is given
// as groups, and makes the declared exports; functions of numbers are in `raw`. `hooks.js` has
// hooks for all kinds of groups, guarded functions of numbers, and what one wants to look into an
// instance; `host.js` is that with all groups.

import { bad, readExports } from "./contract.js";
import { WireError } from "./errors.js";
import { makeExports } from "./exports.js";
import { Guest } from "./guest.js";
import { u32 } from "./memory.js";
import { text, unit } from "./types.js";

export { PanicError, PoisonedError, WireError } from "./errors.js";

/** The contract that this host keeps, as in WIRE.md. */
export const MAJOR = 1, MINOR = 0;
const MAGIC = 0x52495748;

/** @typedef {import("./trace.js").Crossing} Crossing */
/** @typedef {(...args: any[]) => any} Facade a function of `exports` */
/** @typedef {Record<string, Record<string, any>>} Imports by module, by name */
/** @typedef {Response | Promise<Response> | BufferSource | WebAssembly.Module} Source */

/**
 * @typedef {object} Group operations that a host offers, and the types that go with them
 * @property {string} name
 * @property {(guest: Guest, module?: any) => Record<string, (...wires: any[]) => any>} imports the operations, made for one instance
 * @property {Record<string, import("./types.js").Type>} [types] by their name in the contract section
 * @property {(type: string, find: import("./exports.js").Find, name: string, module: WebAssembly.Module, guest: Guest) => import("./types.js").Type | undefined} [resolve] (base.js) makes
 *   types of names that are in no list, among them those that are made of others
 * @property {(key: string, count: number, host: any) => (...args: any[]) => any} [inline] makes a function of inline code: its key, how many arguments it takes, and what it sees as `$host`
 * @property {(module: WebAssembly.Module, kit: typeof import("./kit.js")) => import("./kit.js").Glue} [glue] (base.js) functions of their own for what a module declares, in place of closures
 * @property {(keys: string[], tags: Uint8Array) => import("./makers.js").Maker} [maker] (base.js) compiles a function that reads objects with these keys, of data, whose values had these tags before
 * @property {(form: import("./form.js").Form) => import("./form-text.js").FormWriter | null} [formWriter] (base.js) compiles a function that writes data of this form
 * @property {typeof import("./kit.js")} [kit] (base.js) what glue calls
 * @property {(params: import("./exports.js").Param[], name: string, guest: Guest) => import("./exports.js").Make | undefined} [shape] (base.js) better makers of exports than the general one
 * @property {typeof import("./declared.js").makeDeclared} [declared] (base.js) the functions that the guest declares
 * @property {import("./exports.js").Shape} [shapeOf] (base.js) the same for the functions that other groups make
 * @property {import("./declared.js").ReadMethod} [readMethod] (base.js) of interfaces
 * @property {(name: string, module: WebAssembly.Module) => boolean} [hides] (base.js) whether an export is no function of the module's own
 * @property {(module: WebAssembly.Module, guest: Guest, find: import("./exports.js").Find, exports: Record<string, Facade>) => void} [attach] (base.js) adds to the exports, when the instance is there
 * @property {(module: WebAssembly.Module, handles: { handle: number, value: unknown }[]) => Record<string, Map<number, any>>} [held] (base.js) which of the handles that live are objects that the guest holds
 * @property {typeof import("./whole.js").WholeGuest} [Guest] (base.js) what is made for an instance
 * @property {{ Guest: typeof import("./whole.js").WholeGuest, Slab: typeof import("./slab.js").Slab }} [debug] (base.js) what is made in debug mode
 * @property {(tell: (crossing: Crossing) => void, guest: Guest, imports: Imports) => (name: string, facade: Facade) => Facade} [wrap]
 *   replaces imports by traced ones, and gives what does so for an export
 */

/** Every guest's text, and its last words before it traps. @type {Group} */
const panic = {
  name: "text",
  types: { str: text },
  imports: (guest) => ({
    error_panic(ptr, len) {
      guest.words += guest.text(ptr, len, "error_panic");
    },
  }),
};

/**
 * @typedef {object} Options
 * @property {Imports} [imports] what the guest imports of other modules: functions of plain numbers, memories, tables, globals
 * @property {WebAssembly.Memory} [memory] (base.js) the guest's memory, for a module that imports it, whatever the import's name
 * @property {Group[]} [with] groups of operations
 * @property {unknown} [global] what the guest gets as the global object; `globalThis` if left out, `undefined` for none
 * @property {Record<string, any>} [extras] the object that the guest gets as `extras`
 * @property {boolean} [debug] (base.js) never give out a handle twice, keep creation stacks, refuse text that isn't UTF-8
 * @property {(error: unknown, where: { interface: string, method: string }) => void} [onError] (base.js) told of what is thrown where no caller waits: by a detached method, by `dispose`, by the end of a value that was collected (with the name of its class, `closure`, `external` or `stream`, and the method `drop`), by a task of the guest's that dies beside all calls (`task` and `run`); if left out, that is an uncaught error
 * @property {(crossing: Crossing) => void} [trace] told of every crossing; needs the group `trace`
 */

/**
 * @template {Record<string, any>} [E=Record<string, Facade>] the exports, as `npx handwire types` writes them
 * @typedef {{ exports: E, raw: Record<string, any>, host: Host }} Instance
 */

export class Host {
  /** The instance, as the groups of operations see it. @type {Guest} */
  guest;
  /** Chooses better makers of exports than the general one. @protected @type {import("./exports.js").Shape | undefined} */
  shape;

  /**
   * @param {WebAssembly.Module} module
   * @param {Options} [options]
   */
  constructor(module, options = {}) {
    /** @protected */
    this.module = module;
    /** @protected */
    this.options = options;
    /** @protected @type {Record<string, import("./types.js").Type>} */
    this.types = Object.assign(bare(), { "()": unit }, ...this.groups.map((group) => group.types));
    this.guest = this.makeGuest();
    /** What to instantiate the module with. */
    this.imports = this.makeImports();
  }

  /**
   * Instantiates a module and attaches to it.
   * @param {Source} source
   * @param {Options} [options]
   * @returns {Promise<Instance>}
   */
  static async instantiate(source, options) {
    const module = await this.compile(await source);
    const host = new this(module, options);
    return host.attach(await WebAssembly.instantiate(module, host.imports));
  }

  /** @protected @param {Response | BufferSource | WebAssembly.Module} source @returns {Promise<WebAssembly.Module>} */
  static async compile(source) {
    return source instanceof WebAssembly.Module ? source : WebAssembly.compile("headers" in source ? await source.arrayBuffer() : source);
  }

  /**
   * Takes an instance that was made with `imports`: reads its info record and its contract.
   * @param {{ exports: Record<string, any> }} instance
   * @param {ReturnType<typeof readExports>} [declared] its contract, of a host that has read it before
   * @returns {Instance}
   */
  attach({ exports: raw }, declared = readExports(this.module)) {
    const { guest } = this;
    guest.raw = raw;
    guest.memory.memory ??= raw.memory;
    if (raw.hw_info) shake(guest);
    return { exports: makeExports(declared, guest, (type, name) => this.find(type, name), this.shape), raw, host: this };
  }

  /** The type of a name in the contract section. @protected @param {string} type @param {string} name who wants it @returns {import("./types.js").Type} */
  find(type, name) {
    if (this.types[type]) return this.types[type];
    throw bad(`${name}: type ${type}`);
  }

  /** @protected */
  makeGuest() {
    return new Guest(this.options);
  }

  /** @protected */
  get groups() {
    return [panic, ...(this.options.with ?? [])];
  }

  /** What the host itself offers, by module. @protected @returns {Imports} */
  own() {
    return { handwire: Object.assign(bare(), ...this.groups.map((group) => group.imports(this.guest))) };
  }

  /** All imports of the module, or one error with all that are missing. @protected */
  makeImports(wanted = WebAssembly.Module.imports(this.module)) {
    const { options, guest } = this;
    const own = this.own();
    /** @type {Imports} */
    const offered = Object.assign(bare(), options.imports, own);
    /** @type {Imports} */
    const imports = bare();
    const missing = [];
    for (const { module, name, kind } of wanted) {
      let given = offered[module]?.[name];
      if (kind === "memory") guest.memory.memory = given ??= options.memory;
      if (given === undefined) missing.push(`${module}.${name}`);
      else (imports[module] ??= {})[name] = Object.hasOwn(own, module) || typeof given !== "function" ? given : surviving(given, guest);
    }
    if (missing[0]) throw new WireError("missing-import", "module", missing);
    return imports;
  }
}

/** An object in which a module can't name what every object has. @returns {any} */
const bare = () => Object.create(null);

/** The handshake: reads the info record and holds it against this host. @param {Guest} guest */
function shake(guest) {
  const { memory } = guest;
  const op = "hw_info";
  const place = (/** @type {number} */ ptr, /** @type {number} */ size, align = 8) => {
    if ((ptr | size) % align || ptr + size > memory.u8.length) throw new WireError("bad-info", op, ptr);
    return ptr;
  };
  const at = place(u32(guest.enter(guest.raw.hw_info, op)), 32, 4);
  const { view } = memory;
  const field = (/** @type {number} */ offset) => view.getUint32(at + offset, true);
  if (field(0) !== MAGIC) throw new WireError("bad-info", op, at);
  const major = view.getUint16(at + 4, true);
  const minor = view.getUint16(at + 6, true);
  if (major !== MAJOR || minor > MINOR) throw new WireError("version", op, `${major}.${minor}`);
  if (field(8) !== 0) throw new WireError("missing-feature", op, field(8));
  memory.top = place(field(12), field(16));
  memory.end = memory.top + field(16);
  guest.returnSlot = place(field(20), 16);
  place(field(24), 4, 4);
}

/** An embedder's own import, which must not return into a dead instance. @param {(...wires: any[]) => any} given @param {Guest} guest */
const surviving = (given, guest) => (/** @type {any[]} */ ...wires) => {
  const result = given(...wires);
  if (guest.dead) throw guest.dead;
  return result;
};

/**
 * Instantiates a module.
 * @template {Record<string, any>} [E=Record<string, Facade>]
 * @param {Source} source
 * @param {Options} [options]
 * @returns {Promise<Instance<E>>}
 */
export const instantiate = (source, options) => /** @type {any} */ (Host.instantiate(source, options));
