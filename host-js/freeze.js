// @ts-check
// Glue and inline code of a module as a file: an ES module of a group, for pages whose policy
// forbids to compile text, and for hosts that can't. It imports nothing.

import { badInline, readImports } from "./declared.js";
import { glueText, inlineText } from "./glue.js";
import { readMethod } from "./interface.js";
import { fingerprint } from "./kit.js";

/** @param {string[]} lines @param {string} by */
const indent = (lines, by) => lines.map((line) => by + line);

/** The function that makes that of some inline code. @param {string} key @param {number} count */
function snippet(key, count) {
  try {
    return inlineText(key, count);
  } catch (cause) {
    throw badInline(key, cause);
  }
}

/**
 * The text of the ES module.
 * @param {string} wasm what its head names as its origin
 * @param {WebAssembly.Module} module
 * @returns {string}
 * @throws {WireError} `bad-contract`, for a line that can't be read or inline code that doesn't parse
 */
export function makeFrozen(wasm, module) {
  const inline = readImports(module, readMethod).flatMap(({ module: from, key, params, caller }) => (from === "js" && !caller ? [`  [${JSON.stringify(key)}, ${snippet(key, params.length)}],`] : []));
  return [
    `// Made by \`handwire freeze\` from ${JSON.stringify(wasm)}: its glue, and its inline code. For that module alone.`,
    "",
    "/** The group for `instantiate(source, { with: [glue] })`. */",
    "export default {",
    '  name: "glue",',
    "  imports: () => ({}),",
    // A parameter, so that it has no name that the code could see.
    ...(inline.length > 0 ? ["  inline: ((sources) => (key, count, host) => sources.get(key)(host))(", "    new Map([", ...indent(inline, "    "), "    ]),", "  ),"] : []),
    "  glue(module, kit) {",
    `    kit.same(module, "${fingerprint(module)}");`,
    ...indent(glueText(module), "    "),
    "  },",
    "};",
    "",
  ].join("\n");
}

/**
 * The text of its .d.ts.
 * @param {string} host where the types of the host are imported from
 */
export const makeFrozenDts = (host) => `// Made by \`handwire freeze\`.
import type { Options } from ${JSON.stringify(host)};

/** The group for \`instantiate(source, { with: [glue] })\`. */
declare const glue: NonNullable<Options["with"]>[number];
export default glue;
`;
