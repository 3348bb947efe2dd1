// @ts-check
// A guest that takes data in a form, whose reading is done by a test: each call of an export hands the buffer to it.

import { compile } from "../../host-js/compile.js";
import { load } from "../hostile/breach.js";
import { bytesOf, open, read } from "./forms.js";
import { info, RETURN, wat } from "./wat.js";

/** @typedef {import("./forms.js").Shape} Shape */

/** An allocator that never takes back, and counts what it is given back. */
const ALLOCATOR = `(global $next (mut i32) (i32.const 65536)) (global $freed (export "freed") (mut i32) (i32.const 0))
  (func (export "hw_alloc") (param $size i32) (param $align i32) (result i32) (local $at i32)
    (local.set $at (i32.and (i32.add (global.get $next) (i32.const 7)) (i32.const -8)))
    (global.set $next (i32.add (local.get $at) (local.get $size)))
    (block $enough (loop $more
      (br_if $enough (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
      (br_if $more (i32.ne (memory.grow (i32.const 16)) (i32.const -1)))))
    (local.get $at))
  (func (export "hw_free") (param i32 i32 i32) (global.set $freed (i32.add (global.get $freed) (local.get 1))))`;

const TELL = '(func (export "tell") (param i32 i32 i32) (call $data_form (local.get 0) (local.get 1) (local.get 2)))';
const WIRES = "(local.get 0) (local.get 1)";
const module = new WebAssembly.Module(
  wat(
    `(import "app" "take" (func $take (param i32 i32 i32)))
    (func (export "take") (param i32 i32) (call $take ${WIRES} (i32.const 0)))
    (func (export "two") (param i32 i32 i32 i32) (call $take ${WIRES} (i32.const 0)) (call $take (local.get 2) (local.get 3) (i32.const 1)))
    (func (export "C.new") (param i32 i32) (result i32) (call $take ${WIRES} (i32.const 0)) (i32.const 7))
    (func (export "C.put") (param i32 i32 i32) (call $take (local.get 1) (local.get 2) (i32.const 0)))
    (func (export "C.give") (param i32 i32 i32) (call $take (local.get 1) (local.get 2) (i32.const 0)))
    (func (export "C.all") (param i32 i32) (call $take ${WIRES} (i32.const 0)))
    (func (export "later") (param i32 i32) (result i32) (call $take ${WIRES} (i32.const 0)) (i32.const 0))
    (func (export "hw_drop") (param i32)) (func (export "hw_run"))
    ${TELL} (func (export "part") (param i32) (result i32) (call $data_part (i32.const 0) (local.get 0) (i32.const 0)))
    ${ALLOCATOR} ${info()}`,
    { contract: `export take(value: data)\nexport two(a: data, b: data)\nexport later(value: data) -> async ()\nclass C\nmethod C.new(value: data) -> C\n${["put(&self", "give(self", "all("].map((member) => `method C.${member}${member.endsWith("(") ? "" : ", "}value: data)`).join("\n")}` },
  ),
);

const NUMBER = `(i32.store (i32.const ${RETURN}) (i32.const 4)) (f64.store (i32.const ${RETURN + 8}) (f64.const 2.5))`;
const TAKE = `(param i32 i32) (result i32) (call $take ${WIRES} (i32.const 0))`;

/** One whose exports give something: `tried` fails if the memory's first byte is 1, `dead` ends the instance if it is 2, and all refuse their argument if it is 3. */
export const giving = new WebAssembly.Module(
  wat(
    `(import "app" "take" (func $taken (param i32 i32 i32)))
    (func $take (param i32 i32 i32) (call $taken (local.get 0) (local.get 1) (local.get 2))
      (if (i32.eq (i32.load8_u (i32.const 0)) (i32.const 3)) (then (call $error_misuse (i32.const 6) (i32.const 8) (i32.const 5)))))
    (data (i32.const 8) "wrong")
    (func (export "half") (param i32 i32) (result f64) (call $take ${WIRES} (i32.const 0)) (f64.const 1.5))
    (func (export "yes") ${TAKE} (i32.const 1))
    (func (export "five") ${TAKE} (i32.const 5))
    (func (export "none") (param i32 i32) (call $take ${WIRES} (i32.const 0)))
    (func (export "tried") ${TAKE} ${NUMBER} (i32.eq (i32.load8_u (i32.const 0)) (i32.const 1)))
    (func (export "dead") ${TAKE} (if (i32.eq (i32.load8_u (i32.const 0)) (i32.const 2)) (then unreachable)) (i32.const 7))
    ${TELL} (func (export "part") (param i32) (result i32) (call $data_part (i32.const 0) (local.get 0) (i32.const 0))) ${ALLOCATOR} ${info()}`,
    { contract: "type Any = data\nexport half(value: data) -> f64\nexport yes(value: Any) -> bool\nexport five(value: data) -> i8\nexport none(value: data)\nexport tried(value: data) -> result<f64, f64>\nexport dead(value: data) -> u32" },
  ),
);

/** The same guest, which doesn't import `data_form`. */
export const without = new WebAssembly.Module(
  wat(
    `(import "app" "take" (func $take (param i32 i32 i32))) (func (export "take") (param i32 i32) (call $take ${WIRES} (i32.const 0)))
    (func (export "part") (param i32) (result i32) (call $data_part (i32.const 0) (local.get 0) (i32.const 0))) ${ALLOCATOR} ${info()}`,
    { contract: "export take(value: data)" },
  ),
);

/** The bit of `source` with which a form is asked for. */
export const ASKS = 0x80000000;
/** Where the guest has what it tells. */
export const TOLD = 4096;

/**
 * @typedef {object} Taken what the guest got in one call
 * @property {boolean} asked
 * @property {boolean} formed
 * @property {any} [value] what it read in the form
 * @property {number} number of the parameter
 * @property {number} source
 * @property {Uint8Array} buffer
 */

/**
 * A guest, and what it takes, call by call.
 * @param {(number: number, taken: Taken) => Shape | number[] | undefined} tells the form, when it is asked
 * @param {{ compiled?: boolean, module?: WebAssembly.Module, type?: Shape, during?: (taken: Taken) => void, reads?: boolean }} [options] `type` is what it reads, if that is not what it
 *   tells; `during` runs while it has the buffer; one that doesn't read keeps the buffers only
 */
export function formGuest(tells, { compiled = false, module: of = module, type, during, reads = true } = {}) {
  /** @type {Taken[]} */
  const taken = [];
  /** The forms that it told last, by parameter. @type {Shape[]} */
  const shapes = [];
  const take = (/** @type {number} */ ptr, /** @type {number} */ len, /** @type {number} */ number) => {
    const { raw } = instance;
    const buffer = new Uint8Array(raw.memory.buffer, ptr, len).slice();
    const [first, source] = new Uint32Array(buffer.buffer, 0, 2);
    /** @type {Taken} */
    const got = { asked: first !== 0 && source !== 0xffffffff && source >= ASKS, formed: first === 0, number, source, buffer };
    taken.push(got);
    if (got.formed && reads) {
      const found = read(type ?? shapes[number], open(buffer));
      if (found) got.value = found.value;
      else got.value = instance.host.value(raw.part(source));
    }
    if (got.asked) {
      const shape = tells(number, got);
      if (shape !== undefined) {
        const bytes = Array.isArray(shape) && typeof shape[0] === "number" ? shape : bytesOf(/** @type {Shape} */ (shape));
        if (bytes !== shape) shapes[number] = shape;
        new Uint8Array(raw.memory.buffer).set(/** @type {number[]} */ (bytes), TOLD);
        raw.tell(source, TOLD, bytes.length);
      }
    }
    during?.(got);
  };
  const instance = load(of, { imports: { app: { take } }, with: compiled ? [compile] : [] });
  return { ...instance, taken, last: () => taken[taken.length - 1] };
}
