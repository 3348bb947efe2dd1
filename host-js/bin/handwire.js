#!/usr/bin/env node
// @ts-check
// `npx handwire`: looks into a wasm module, and writes its types or an ES module for it.

import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeDts } from "../dts.js";
import { makeEsm, makeEsmDts } from "../esm.js";
import { makeFrozen, makeFrozenDts } from "../freeze.js";
import { contractOf, inspect, showInspection } from "../inspect.js";
import { readModule } from "../module.js";
import { contractProblems } from "../signature.js";
import { check } from "./check.js";

const HELP = `handwire COMMAND app.wasm

  inspect app.wasm              its contract, imports, exports, sizes, and imports that got in by accident
  check app.wasm                whether it can run on this version of the host: exit code 1 and why, if not
  types app.wasm [-o app.d.ts]  the types of its exports and imports for TypeScript
  esm app.wasm [-o app.js]      an ES module that instantiates it and exports its functions; with -o also app.d.ts
  freeze app.wasm [-o app.glue.js]  its glue and inline code as an ES module, for pages that forbid to compile text; with -o also app.glue.d.ts

  --json            inspect and check: for tools
  -o, --output FILE types, esm and freeze: into a file, and not to the terminal
  --host MODULE     esm and freeze: where the host is imported from, "handwire" if left out
  --glue MODULE     esm: where its frozen glue is imported from, "./app.glue.js"; inline code is compiled at run time if left out
  --small           esm: without what makes the host fast, and without advice in its errors
  --help            this text
  --version         of this host`;

/** What the user can mend: shown in one line, without a stack. */
class Failure extends Error {
  /** @param {string} message @param {number} [code] exit code: 1 for a bad file, 2 for a wrong call */
  constructor(message, code = 1) {
    super(message);
    this.code = code;
  }
}

/** @typedef {{ json?: boolean, output?: string, host?: string, glue?: string, small?: boolean }} Flags */
/** @typedef {{ file: string, bytes: Uint8Array<ArrayBuffer>, flags: Flags }} Job */
/** @typedef {{ run: (job: Job) => number | Promise<number>, flags: (keyof Flags)[] }} Command gives the exit code */

/** What a system's error means. @type {Record<string, string>} */
const CAUSES = { ENOENT: "there is no such file", EISDIR: "is a directory", EACCES: "may not be opened", ENOTDIR: "there is no such folder" };

/** @param {unknown} error */
const cause = (error) => {
  const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
  return (code && CAUSES[code]) ?? message;
};

/** @template T @param {string} file @param {() => T} act @returns {T} */
function about(file, act) {
  try {
    return act();
  } catch (error) {
    throw new Failure(`${file}: ${cause(error)}`);
  }
}

/** A module with a contract that holds. @param {Job} job */
function declared({ file, bytes }) {
  const module = readModule(bytes);
  const contract = contractOf(module);
  if (!contract) throw new Error("no contract section: nothing is declared in this module, so there is nothing to write");
  const [problem] = contractProblems(contract, module);
  if (problem) throw new Error(`${problem} (\`handwire check ${file}\` lists all)`);
  return { contract, module };
}

/** @param {Flags} flags @param {string} text */
function put({ output }, text) {
  if (output === undefined) process.stdout.write(text);
  else about(output, () => writeFileSync(output, text));
  return 0;
}

/** An ES module and its types beside it. @param {string} output @param {string} text @param {string} types */
function putModule(output, text, types) {
  if (!/\.m?js$/.test(output)) throw new Failure(`${output}: a module's name ends in .js or .mjs`, 2);
  put({ output: output.replace(/\.(m?)js$/, ".d.$1ts") }, types);
  return put({ output }, text);
}

/** @type {Record<string, Command>} */
const COMMANDS = {
  inspect: {
    flags: ["json"],
    run: ({ file, bytes, flags }) => {
      const inspection = about(file, () => inspect(bytes));
      return put({}, `${flags.json ? JSON.stringify({ file, ...inspection }, null, 2) : showInspection(file, inspection)}\n`);
    },
  },
  check: {
    flags: ["json"],
    run: async ({ file, bytes, flags }) => {
      const module = about(file, () => readModule(bytes));
      const invalid = await WebAssembly.compile(bytes).then(() => [], (error) => [`the engine refuses it: ${error.message}`]);
      const { problems, needs } = invalid.length > 0 ? { problems: invalid, needs: [] } : await check(module, bytes);
      if (flags.json) put({}, `${JSON.stringify({ file, ok: problems.length === 0, problems, needs }, null, 2)}\n`);
      else if (problems.length > 0) for (const problem of problems) console.error(`${file}: ${problem}`);
      else put({}, `${file}: can run on this host${needs.length > 0 ? `, which must be given ${needs.join(", ")}` : ""}\n`);
      return problems.length > 0 ? 1 : 0;
    },
  },
  types: {
    flags: ["output"],
    run: (job) => {
      const { contract, module } = about(job.file, () => declared(job));
      return put(job.flags, makeDts(basename(job.file), contract, module));
    },
  },
  esm: {
    flags: ["output", "host", "glue", "small"],
    run: (job) => {
      const { contract, module } = about(job.file, () => declared(job));
      const { output, host = "handwire", glue, small } = job.flags;
      const sources = { host, glue, small };
      const wasm = output === undefined ? basename(job.file) : relative(dirname(resolve(output)), resolve(job.file)).replaceAll("\\", "/");
      if (output === undefined) return put({}, makeEsm(wasm, contract, module, sources));
      return putModule(output, makeEsm(wasm, contract, module, sources), makeEsmDts(wasm, contract, module, sources));
    },
  },
  freeze: {
    flags: ["output", "host"],
    run: async (job) => {
      about(job.file, () => declared(job));
      const compiled = await WebAssembly.compile(job.bytes).catch((error) => error);
      if (compiled instanceof Error) throw new Failure(`${job.file}: the engine refuses it: ${compiled.message}`);
      const { output, host = "handwire" } = job.flags;
      const text = about(job.file, () => makeFrozen(basename(job.file), compiled));
      // A module is read by stricter rules than a function. Nothing runs in this one when it is loaded.
      await import(`data:text/javascript,${encodeURIComponent(text)}`).catch((error) => {
        throw new Failure(`${job.file}: its inline code can't be part of a module: ${error.message}`);
      });
      return output === undefined ? put({}, text) : putModule(output, text, makeFrozenDts(host));
    },
  },
};

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: "boolean" }, output: { type: "string", short: "o" }, host: { type: "string" }, glue: { type: "string" }, small: { type: "boolean" }, help: { type: "boolean", short: "h" }, version: { type: "boolean" } },
    });
  } catch (error) {
    throw new Failure(`${cause(error).split(". ")[0]}: \`handwire --help\` lists all`, 2);
  }
}

/** @param {string[]} args @returns {Promise<number>} the exit code */
async function main(args) {
  const { values, positionals } = parse(args);
  const { help, version, ...flags } = values;
  if (help) return put({}, `${HELP}\n`);
  if (version) return put({}, `${JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).version}\n`);
  const [name, file, ...rest] = positionals;
  if (name === undefined) throw new Failure("no command: `handwire --help` lists them", 2);
  if (!Object.hasOwn(COMMANDS, name)) throw new Failure(`there is no command ${name}: \`handwire --help\` lists them`, 2);
  const command = COMMANDS[name];
  for (const flag of /** @type {(keyof Flags)[]} */ (Object.keys(flags)))
    if (!command.flags.includes(flag)) throw new Failure(`${name} takes no --${flag}: \`handwire --help\` lists what it takes`, 2);
  if (file === undefined || rest.length > 0) throw new Failure(`${name} takes one file: handwire ${name} app.wasm`, 2);
  const bytes = about(file, () => new Uint8Array(readFileSync(file)));
  return command.run({ file, bytes, flags });
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error) => process.exit(/** @type {NodeJS.ErrnoException} */ (error).code === "EPIPE" ? 0 : 1));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`handwire: ${error.message}`);
  process.exitCode = error.code;
}
