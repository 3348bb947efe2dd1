// @ts-check
// Interfaces in the tools: the .d.ts, inspect, and what check finds wrong.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { check } from "../host-js/bin/check.js";
import { makeDts } from "../host-js/dts.js";
import { parseContract } from "../host-js/grammar.js";
import { contractOf, inspect, showInspection } from "../host-js/inspect.js";
import { readModule } from "../host-js/module.js";
import { wasmPath } from "../scripts/guests.js";
import { info, wat } from "./support/wat.js";

const bytes = readFileSync(wasmPath("test-interfaces"));
const LINES = `interface Logger { log(message: str); ask(q: str, n: u8?) -> result<str, E>; note() detached }
record E { why: str }
doc Logger "Where lines go."
doc Logger.ask "Asks."
export take(logger: Logger, more: [Logger]) -> Logger?`;
const EXPORT = `(func (export "take") (param i32 i32 i32)) ${info()}`;

test("the types: an interface to implement, without what the host makes itself", () => {
  const guest = wat(`(import "declared" "interface Logger.ask(q: &str)" (func (param i32 i32 i32 i32 i32))) ${EXPORT} (func (export "Logger@a::b.log") (param i32 i32 i32))`, { contract: LINES });
  const module = readModule(guest);
  const text = makeDts("a.wasm", /** @type {any} */ (contractOf(module)), module);
  assert.ok(text.includes("  take(logger: Logger, more: readonly Logger[]): Logger | undefined;\n"), text);
  assert.ok(
    text.includes(`/** Where lines go. */
export interface Logger {
  log(message: string): void;
  /**
   * Asks.
   * @throws {E}
   */
  ask(q: string, n: number | undefined): string;
  /** Called when the guest has returned. */
  note(): void;
  /** Called when the guest holds the object no more. */
  dispose?(): void;
  /** Of an object that the guest implements: ends it. */
  free?(): void;
}
`),
    text,
  );
  assert.ok(text.includes("export type Imports = Record<string, never>;"), "methods are no imports of the embedder's");
  assert.ok(!text.includes("Logger@"), "nor exports");
});

test("inspect: the methods, and which are detached", () => {
  const found = inspect(bytes);
  const logger = found.contract?.interfaces.find(({ name }) => name === "Logger");
  assert.deepEqual(logger?.methods.map(({ name, fallible, error, detached }) => [name, fallible, error, detached]), [["log", false, undefined, false], ["ask", true, "AskError", false], ["note", false, undefined, true]]);
  assert.match(showInspection("a.wasm", found), /interface Logger \{ log\(message: str\); ask\(question: str\) -> result<str, AskError>; note\(text: str\) detached \}/);
});

test("check: the tests' guest can run, and needs no methods of the embedder", async () => {
  const { problems, needs } = await check(readModule(bytes), Uint8Array.from(bytes));
  assert.deepEqual([problems, needs.sort()], [[], ["app.ask", "app.ask_own", "place.find", "place.put"]]);
});

test("check: signatures that are not those of the line, types that nobody declared, borrows", async () => {
  for (const [fields, contract, said] of /** @type {[string, string, string][]} */ ([
    [`(import "declared" "interface Logger.log" (func (param i32))) ${EXPORT}`, LINES, "the import interface Logger.log is (i32) in the module, but declared as (message: str), which is (i32, i32, i32)"],
    [`${EXPORT} (func (export "Logger@x.note") (param i32 i32))`, LINES, "the export Logger@x.note is (i32, i32) in the module, but declared as (), which is (i32)"],
    [EXPORT, `${LINES}\ninterface I { f(n: Gone) }`, "interface I: f: n: the type Gone is declared nowhere"],
    [EXPORT, `${LINES}\ninterface I { f() -> result<(), Gone> }`, "interface I: f: the error: Gone is no record and no enum"],
    [`${EXPORT} (func (export "x") (param i32))`, `${LINES}\nexport x(it: &Logger)`, "export x: it: &Logger is borrowed, and is no handle"],
    [`(import "declared" "interface Logger.gone" (func (param i32))) ${EXPORT}`, LINES, "the import interface Logger.gone has lost its declaration"],
  ])) {
    const guest = wat(fields, { contract });
    const { problems } = await check(readModule(guest), guest);
    assert.ok(problems.some((problem) => problem.includes(said)), `${problems.join("\n")}\n  should say ${said}`);
  }
});

test("the grammar: lines that are none are refused, with the column", () => {
  for (const line of ["interface I {  }", "interface I { f }", "interface I { f(); }", "interface I { f() detached -> str }", "interface I { f() -> str detached }", "interface I { f(), g() }", 'interface I { f() } "doc"'])
    assert.throws(() => parseContract([line]), { code: "bad-contract" }, line);
  assert.throws(() => parseContract(["interface I { f() }\ninterface I { g() }"]), /interface I \{ f\(\) \} \| interface I \{ g\(\) \}/);
});
