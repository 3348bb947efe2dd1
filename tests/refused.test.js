// @ts-check
// What must not compile: a type that the wire can't carry, a name that can't be exported, a borrow
// that outlives its call. Each is a program in typed/refused, and the compiler's words must say
// what is wrong with it, and where.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import test from "node:test";
import { root, target } from "../scripts/guests.js";

/** What the compiler must say of each program, and of which line. @type {Record<string, [line: number, message: RegExp][]>} */
const WORDS = {
  mutable_text: [[4, /^`&mut str` can't cross as a parameter$/]],
  map: [[6, /^`HashMap<.*String, u32>` can't cross as a parameter$/]],
  map_result: [[5, /^`HashMap<.*String, u32>` can't cross as a result$/]],
  plain_struct: [[8, /^`Plain` can't cross as a parameter$/]],
  plain_struct_in_list: [[6, /^`Plain` can't cross in an option, a list or a record$/]],
  plain_field: [[6, /^`Plain` can't cross in an option, a list or a record$/]],
  option_of_option: [[3, /an Option inside of an Option can't cross: the host has one way to say that nothing is there/]],
  option_of_option_import: [[3, /an Option inside of an Option can't cross/]],
  reserved_name: [[3, /the linker needs this name for itself: give the export another one with #\[name = "..."\]/]],
  runtime_name: [[3, /names that start with hw_ are the runtime's/]],
  odd_name: [[3, /the name of an export has letters, digits and _ only/]],
  static_text: [[3, /temporary value dropped while borrowed/]],
  borrowed_result: [[4, /missing lifetime specifier/]],
  silent_error: [[5, /Result<\(\), Silent>/]],
  import_map: [[7, /`std::collections::HashMap<.*String, u32>` can't cross as a parameter$/]],
  import_text: [[5, /^`&'static str` can't be the result of an import$/]],
  import_error: [[5, /^`.*String` can't be the error of a call to the host$/]],
  local_leaves: [[6, /lifetime may not live long enough/]],
  local_outward: [[8, /lifetime may not live long enough|borrowed data escapes outside of closure/]],
  batch_value: [[9, /temporary value dropped while borrowed/]],
  lent_text: [[4, /^`&mut \[.*String\]` can't cross as a parameter$/]],
  kept_argument: [[9, /borrowed data escapes outside of function/]],
};

/** The errors of each program, and the notes beside them: the message, and all that the compiler shows with it. @type {Map<string, { message: string, rendered: string }[]>} */
const errors = new Map();
const args = ["check", "--quiet", "-p", "handwire-test-refused", "--examples", "--features", "refused", "--keep-going", "--message-format", "json", "--target-dir", `${target}/refused`];
const { status, stdout, stderr } = spawnSync("cargo", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
assert.equal(status, 101, stderr);
for (const line of stdout.split("\n").filter(Boolean)) {
  const { reason, target, message } = JSON.parse(line);
  if (reason === "compiler-message" && ["error", "note"].includes(message.level)) errors.set(target.name, [...(errors.get(target.name) ?? []), message]);
}

test("every program is looked at", () => {
  assert.deepEqual(readdirSync(`${root}tests/typed/refused/examples`).map((file) => file.replace(/\.rs$/, "")).sort(), Object.keys(WORDS).sort());
});

for (const [name, words] of Object.entries(WORDS))
  test(`${name} doesn't compile, and the compiler says why`, () => {
    const found = errors.get(name) ?? [];
    const said = found.map(({ rendered }) => rendered).join("\n");
    for (const [line, message] of words) {
      assert.ok(found.some((error) => message.test(error.message)), said);
      assert.ok(said.includes(`${name}.rs:${line}:`), said);
    }
    // Nothing but what is meant is wrong with it.
    assert.ok(found.every(({ message }) => !/cannot find|unresolved|syntax|expected/.test(message)), said);
  });
