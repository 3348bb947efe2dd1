// @ts-check
// A host that asks its groups for all that it has, and with what one wants to look into an instance: its memory, its
// handles, another life after death. `base.js` has the groups that a page names, `host.js` all.

import { contractOf, importsOf, once } from "./contract.js";
import * as core from "./core.js";
import { WireError } from "./errors.js";
import { makePlain } from "./exports.js";
import { guard } from "./guard.js";
import { Handles, handlesOf } from "./handles.js";
import { lacking } from "./lacking.js";
import { bytesAt } from "./memory.js";
import { callExport } from "./outcome.js";
import { EXTRAS, Slab, list } from "./slab.js";
import { compileSource } from "./source.js";
import { WholeGuest } from "./whole.js";

/** One instance of a module, and the slab of what it holds. */
export class Host extends core.Host {
  /** The functions of the guest, checked and lifted. @type {Record<string, core.Facade>} */
  exports = {};
  /** @override @protected @type {import("./exports.js").Shape} */
  shape = (params, name, result) =>
    result?.make ?? handlesOf(this.guest).glue?.exports.get(name) ?? this.first("shape", (group) => group.shape?.(params, name, this.guest)) ?? handlesOf(this.guest).shapeOf(params, name) ?? params.find(({ type }) => type.choose)?.type.choose?.(params);

  /** Compiles while the bytes arrive, where the server says that it is wasm. @override @protected */
  static compile = compileSource;

  /**
   * A fresh instance of the same module, after death or at any time. Handles of the old one are stale from now on. A memory that the
   * module imports is used again, and filled with zeros before.
   * @returns {Promise<core.Instance>}
   */
  async restart() {
    this.guest.die(new WireError("poisoned", "host.restart", "ended this instance"), "restart");
    for (const { handle } of list(this.slab)) this.release(handle);
    const kept = importsOf(this.module).some(({ kind }) => kind === "memory");
    // A view of its own: one that was made before a shared memory grew ends where that ended.
    if (kept && this.memory) new Uint8Array(this.memory.buffer).fill(0);
    const guest = this.makeGuest();
    /** @type {core.Host} */
    const host = this;
    host.guest = guest;
    host.imports = this.makeImports();
    const instance = await WebAssembly.instantiate(this.module, this.imports);
    if (guest !== this.guest) throw guest.poisoned("host.restart");
    return this.attach(instance);
  }

  /**
   * The handles that live: how many, how many at most at a time, how many of which `typeof`, and `list()` of all with their values, in debug
   * mode with where they were made.
   */
  get handles() {
    /** @type {Record<string, number>} */
    const kinds = {};
    for (const { value } of list(this.slab)) kinds[typeof value] = (kinds[typeof value] ?? 0) + 1;
    return { live: this.slab.live, high: this.slab.high, kinds, list: () => list(this.slab) };
  }

  /** How many tasks of the guest live: calls under way, and futures that it has spawned. */
  get tasks() {
    const { guest } = this;
    return guest.dead === null && guest.raw.hw_tasks ? guest.enter(guest.raw.hw_tasks, "hw_tasks") : 0;
  }

  /** How many closures of the guest belong to functions: given away with `into_js` and the like, and neither freed nor collected yet. */
  get closures() {
    return { live: handlesOf(this.guest).closures?.live ?? 0 };
  }

  /** What the guest made and the host holds, by class: how many instances live. */
  get instances() {
    return Object.fromEntries(Array.from(handlesOf(this.guest).families.values(), ({ name, live }) => [name, live]));
  }

  /** The objects that the guest holds as implementors, by interface and by handle. @returns {Record<string, Map<number, any>>} */
  get interfaces() {
    return this.first("held", (group) => group.held?.(this.module, list(this.slab))) ?? {};
  }

  /** The object that the guest gets as handle 6: add to it at any time. @returns {Record<string, any>} */
  get extras() {
    return /** @type {any} */ (handlesOf(this.guest).slab.values[EXTRAS]);
  }

  /** Why the instance died; null while it lives. */
  get dead() {
    return this.guest.dead;
  }

  /** The guest's memory. */
  get memory() {
    return this.guest.memory.memory;
  }

  /** A view of guest memory, valid until guest code runs. @param {number} ptr @param {number} len in bytes */
  bytes(ptr, len) {
    return bytesAt(this.guest.memory, ptr, len, "host.bytes");
  }

  /** UTF-8 text in guest memory. @param {number} ptr @param {number} len in bytes */
  text(ptr, len) {
    return this.guest.text(ptr, len, "host.text");
  }

  /**
   * Lowers values for a call of a raw export, makes the call, and takes back what was lowered for it. Text and `Uint8Array`s become pointer
   * and length, numbers and BigInts stay, anything else becomes a borrowed handle.
   * @template T
   * @param {unknown[]} values
   * @param {(...wires: any[]) => T} call
   * @returns {T}
   * @example host.lower(["World"], (ptr, len) => raw.greet(ptr, len))
   */
  lower(values, call) {
    const { guest } = this;
    const name = "host.lower";
    const { top } = guest.memory;
    const mark = guest.leftovers.length;
    try {
      /** @type {any[]} */
      const wires = [];
      for (const value of values) {
        if (typeof value === "number" || typeof value === "bigint") wires.push(value);
        else if (typeof value === "string") wires.push(guest.lowerText(value, name), guest.len);
        else if (value instanceof Uint8Array) wires.push(guest.lowerBytes(value, name), guest.len);
        else wires.push(handlesOf(guest).lend(value, name));
      }
      return call(...wires);
    } finally {
      guest.memory.top = top;
      guest.leave(mark);
    }
  }

  /**
   * Calls an export, and tells a guest's error from a result by the status: 0 with the value, 1 with the error. All else is thrown as by the
   * export itself: a wrong argument, the death of the instance.
   *
   * Of an async export, and always where there are options, it gives a promise of that; status 3 has the reason of a signal that was aborted.
   * @overload
   * @param {string} name
   * @param {unknown[]} [args]
   * @returns {{ status: 0 | 1, value: any }}
   */
  /**
   * @overload
   * @param {string} name
   * @param {unknown[]} args
   * @param {{ signal?: AbortSignal }} options
   * @returns {Promise<{ status: 0 | 1 | 3, value: any }>}
   */
  /**
   * @param {string} name
   * @param {unknown[]} [args]
   * @param {{ signal?: AbortSignal }} [options]
   * @returns {any}
   * @example const { status, value } = host.call("parse", ["12"])
   */
  call(name, args = [], options) {
    return callExport(this.guest, this.exports, name, args, options);
  }

  /** A handle for a value, owned by whoever it is given to. @param {unknown} value */
  handle(value) {
    return this.slab.add(value);
  }

  /** The value of a handle. @param {number} handle */
  value(handle) {
    return this.slab.get(handle | 0, "host.value");
  }

  /** Ends a handle. @param {number} handle */
  release(handle) {
    this.slab.release(handle | 0, "host.release");
  }

  /** The values of all handles, of this instance and of those after a restart. @protected */
  get slab() {
    return handlesOf(this.guest).slab;
  }

  /** @override @protected */
  makeGuest() {
    const { options } = this;
    const extras = options.extras ?? {};
    const global = "global" in options ? options.global : globalThis;
    const debug = options.debug ? (this.given("debug") ?? this.lack("options.debug", "debug")) : undefined;
    const guest = new (debug?.Guest ?? this.given("Guest") ?? WholeGuest)(options);
    // Another instance after a restart keeps the slab, so that old handles are stale and not reborn.
    /** @type {import("./guest.js").Guest | undefined} */
    const before = this.guest;
    const slab = before?.handles?.slab ?? new (debug?.Slab ?? Slab)(global, extras);
    guest.handles = new Handles(guest, slab);
    guest.handles.shapeOf = this.given("shapeOf") ?? guest.handles.shapeOf;
    guest.handles.find = (/** @type {string} */ type, /** @type {string} */ name) => this.find(type, name);
    return guest;
  }

  /** The groups that the host has beside those that it is given, as far as they have a property. @protected @param {keyof core.Group} key @returns {core.Group[]} */
  always(key) {
    return [];
  }

  /** What the first group with a property has that is asked for. @protected @template T @param {keyof core.Group} key @param {(group: core.Group) => T | undefined} ask @returns {T | undefined} */
  first(key, ask) {
    for (const groups of [this.groups, this.always(key)])
      for (const group of groups) {
        const found = ask(group);
        if (found) return found;
      }
    return undefined;
  }

  /** That property of the first group which has it. @protected @template {keyof core.Group} K @param {K} key */
  given(key) {
    return this.first(key, (group) => group[key]);
  }

  /** The groups that a missing import is of. @protected @param {string} missing `module.name` @returns {string[]} */
  owners(missing) {
    return [];
  }

  /** @protected @param {string} where @param {string} group @returns {never} */
  lack(where, group) {
    throw lacking(where, [group]);
  }

  /** Types that are made of others are kept. @override @protected @param {string} type @param {string} name @returns {import("./types.js").Type} */
  find(type, name) {
    const { module, guest } = this;
    const { types, find } = handlesOf(guest);
    // A parameter without a type is none.
    return this.types[type] ?? (types[type] ??= this.first("resolve", (group) => (type ? group.resolve?.(type, find, name, module, guest) : undefined)) ?? this.unknown(type, name));
  }

  /** A type that no group has. @protected @param {string} type @param {string} name @returns {import("./types.js").Type} */
  unknown(type, name) {
    return super.find(type, name);
  }

  /** The operations of the groups, but for those that the module doesn't import from. @protected @param {core.Group[]} [always] */
  operations(always = []) {
    const { guest, module } = this;
    const operations = Object.create(null);
    for (const groups of [this.groups, always]) for (const group of groups) Object.assign(operations, group.imports(guest, module));
    return operations;
  }

  /** The embedder's own functions, each as one that does not return into a dead instance. @protected */
  guarded() {
    /** @type {core.Imports} */
    const modules = Object.create(null);
    if (!this.options.imports) return modules;
    for (const { module, name, kind } of importsOf(this.module)) {
      const given = owned(this.options.imports, module);
      if (kind !== "function" || typeof given?.[name] !== "function") continue;
      modules[module] ??= Object.assign(Object.create(null), given);
      modules[module][name] = guard(given[name], this.guest);
    }
    return modules;
  }

  /** The operations, and the functions that the guest declares. @override @protected */
  own() {
    const { guest, module } = this;
    const handles = handlesOf(guest);
    const inline = this.given("inline");
    handles.maker = this.given("maker");
    handles.formWriter = this.given("formWriter");
    handles.glue = this.given("glue")?.(module, this.given("kit") ?? this.lack("glue", "kit"));
    /** @type {core.Imports} */
    const own = { ...this.guarded(), handwire: this.operations() };
    /** @type {import("./declared.js").Supply} */
    const supply = (from, name, key, count) => (from === "js" ? inline?.(key, count, this) : owned(owned(this.options.imports, from), name));
    const declared = this.given("declared");
    if (declared) own.declared = declared(module, guest, handles.find, supply, this.given("readMethod"));
    const { imports } = this.options;
    for (const { module: from, name } of importsOf(module)) if ((own[from] ?? imports?.[from])?.[name] === undefined) this.complain(own);
    return own;
  }

  /** If it is for want of groups that something is missing, says so, and all that is missing. @protected @param {core.Imports} own */
  complain(own) {
    const missing = importsOf(this.module).flatMap(({ module, name, kind }) => (kind !== "memory" && (own[module] ?? this.options.imports?.[module])?.[name] === undefined ? [`${module}.${name}`] : []));
    const lost = new Set(missing.flatMap((name) => this.owners(name)));
    for (const { name } of this.groups) lost.delete(name);
    if (lost.size > 0) throw lacking("module", [...lost], missing);
  }

  /** Traces what is imported, if the embedder asks for it. @override @protected */
  makeImports() {
    const imports = super.makeImports(importsOf(this.module));
    const { trace } = this.options;
    if (trace) handlesOf(this.guest).traced = (this.given("wrap") ?? this.lack("options.trace", "trace"))(trace, this.guest, imports);
    return imports;
  }

  /** The functions that the module exports without a declaration, but for those that are for its host. @protected */
  plain() {
    const { module } = this;
    return undeclared(module).filter((name) => !this.first("hides", (group) => group.hides?.(name, module)));
  }

  /** @override @param {WebAssembly.Instance} instance */
  attach(instance) {
    const attached = super.attach(instance, contractOf(this.module));
    const { guest, module } = this;
    const { find, traced } = handlesOf(guest);
    const made = attached.exports;
    for (const name of this.plain()) made[name] = makePlain(guest, guest.raw[name], name);
    if (traced) for (const name in made) made[name] = traced(name, made[name]);
    this.first("attach", (group) => group.attach?.(module, guest, find, made));
    // An object that is filled by key is looked up slowly by engines; a copy of it isn't.
    this.exports = Object.setPrototypeOf({ ...made }, null);
    return { ...attached, exports: this.exports };
  }
}

/** The functions that a module exports without a declaration, members of classes and methods among them. */
const undeclared = /* @__PURE__ */ once((module) => {
  const declared = contractOf(module);
  return WebAssembly.Module.exports(module).flatMap(({ name, kind }) => (kind === "function" && !name.startsWith("hw_") && !declared.has(name) ? [name] : []));
});

/** A property of an object's own, if it is there. @param {any} object @param {string} name */
const owned = (object, name) => (object && Object.hasOwn(object, name) ? object[name] : undefined);
