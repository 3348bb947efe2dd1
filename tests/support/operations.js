// @ts-check
// A guest that references every operation of the raw crate and nothing else: compiled here,
// so that the imports compared with WIRE.md are those that a real compiler emits.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { root, target } from "../../scripts/guests.js";
import { rustCode } from "./source.js";

/** The raw crate's declarations, as `safe fn name(a: T) -> R`. @returns {{ name: string, params: string[] }[]} in the order of the file */
export function declaredOperations() {
  const code = rustCode(readFileSync(`${root}crates/abi/src/imports.rs`, "utf8"));
  return [...code.matchAll(/^ {4}(?:safe|unsafe) fn (\w+)\(([^)]*)\)/gm)].map(([, name, params]) => ({
    name,
    params: params === "" ? [] : params.split(",").map((param) => param.split(":")[0].trim()),
  }));
}

const MANIFEST = `[package]
name = "every-operation"
version = "0.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]
path = "lib.rs"

[dependencies]
handwire-abi = { path = ${JSON.stringify(`${root}crates/abi`)} }

[profile.dev]
panic = "abort"

[workspace]
`;

/** @param {string[]} names */
const program = (names) => `#![no_std]
use core::cell::UnsafeCell;
use handwire_abi::{self as abi, Info, Slot};

struct Operations([*const (); ${names.length}]);
unsafe impl Sync for Operations {}
static OPERATIONS: Operations = Operations([${names.map((name) => `abi::${name} as *const ()`).join(", ")}]);

#[unsafe(no_mangle)]
extern "C" fn operation(i: usize) -> *const () {
    OPERATIONS.0[i]
}

#[repr(align(8))]
struct Room(UnsafeCell<[u8; ${ARENA}]>, UnsafeCell<Slot>);
unsafe impl Sync for Room {}
static ROOM: Room = Room(UnsafeCell::new([0; ${ARENA}]), UnsafeCell::new(Slot::NONE));
static INFO: Info = Info::new(${FEATURES}, ROOM.0.get().cast(), ${ARENA}, &ROOM.1);

#[unsafe(no_mangle)]
extern "C" fn hw_info() -> &'static Info {
    &INFO
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
`;

/** What the guest's info record says, to be found again in its memory. */
export const ARENA = 1024;
export const FEATURES = 0;

/**
 * Builds the guest.
 * @returns {Uint8Array<ArrayBuffer>} its module
 * @throws {Error} with what the compiler said
 */
export function everyOperation() {
  const folder = `${target}/every-operation`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/Cargo.toml`, MANIFEST);
  writeFileSync(`${folder}/lib.rs`, program(declaredOperations().map(({ name }) => name)));
  const args = ["build", "--quiet", "--offline", "--target", "wasm32-unknown-unknown", "--target-dir", `${folder}/target`];
  execFileSync("cargo", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  return Uint8Array.from(readFileSync(`${folder}/target/wasm32-unknown-unknown/debug/every_operation.wasm`));
}
