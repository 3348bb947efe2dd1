// @ts-check
// The npm package of the host as a user gets it: packed, unpacked elsewhere, its types
// compiled against and its modules run. Nothing of this repository is within its reach there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import test from "node:test";
import { root, target } from "../scripts/guests.js";

const folder = `${target}/package`;
const home = `${folder}/node_modules/handwire`;

/** @param {string} command @param {string[]} args @param {string} cwd */
function run(command, args, cwd) {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = /** @type {{ stdout: string, stderr: string }} */ (error);
    throw new Error(`${command} ${args.join(" ")}\n${stdout}${stderr}`);
  }
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(home, { recursive: true });
const [packed] = JSON.parse(run("npm", ["pack", "--json", "--foreground-scripts=false", "--pack-destination", folder], `${root}host-js`));
run("tar", ["-xzf", `${folder}/${packed.filename}`, "-C", home, "--strip-components=1"], folder);
const files = /** @type {{ path: string }[]} */ (packed.files).map(({ path }) => path);
const modules = readdirSync(`${root}host-js`, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
/** What a program can import; the rest is the command. */
const importable = modules.filter((file) => !file.startsWith("bin/"));

test("the package holds every module with its declarations, the licences, and nothing else", () => {
  const declarations = importable.map((file) => `types/${file.replace(/\.js$/, ".d.ts")}`);
  assert.deepEqual([...files].sort(), [...modules, ...declarations, "LICENSE-APACHE", "LICENSE-MIT", "package.json"].sort());
});

test("the package depends on nothing and runs nothing when it is installed", () => {
  const manifest = JSON.parse(readFileSync(`${home}/package.json`, "utf8"));
  const { dependencies, peerDependencies, optionalDependencies, scripts = {} } = manifest;
  assert.deepEqual([dependencies, peerDependencies, optionalDependencies], [undefined, undefined, undefined]);
  assert.deepEqual(Object.keys(scripts), ["prepack"]);
  assert.equal(manifest.version, /^version = "(.*)"/m.exec(readFileSync(`${root}Cargo.toml`, "utf8"))?.[1]);
});

test("a program in TypeScript compiles against its types, and what is wrong in one is found", () => {
  writeFileSync(`${folder}/good.ts`, `
import { instantiate, Host, PanicError, PoisonedError, WireError, type Instance, type Options } from "handwire";
import { Host as Core } from "handwire/core";
import { string } from "handwire/imports/string";
import { trace } from "handwire/trace";
import { pool, PoolError, type Pool } from "handwire/worker";

export async function load(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { exports, raw, host } = await instantiate(bytes, { debug: true, extras: { tax: 0.2 }, imports: { env: { now: () => 1 } } });
  const memory: WebAssembly.Memory | null | undefined = host.memory;
  const live: number = host.handles.live;
  try {
    return String(exports.greet("World")) + host.text(0, 0) + String(raw.add(1, 2)) + String(memory) + String(live);
  } catch (error) {
    if (error instanceof PoisonedError || error instanceof PanicError) await host.restart();
    if (error instanceof WireError) return error.code;
    throw error;
  }
}
interface Exports { greet(name: string): string }
export async function typed(source: Uint8Array<ArrayBuffer>, options: Options): Promise<number> {
  const made: Instance<Exports> = await instantiate<Exports>(source, options);
  return made.exports.greet("World").length + made.host.handles.live;
}
export async function pooled(source: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<number> {
  const workers: Pool<Exports> = await pool<Exports>(source, { size: 2, imports: new URL("https://example.org/imports.js") });
  const text: string = await workers.exports.greet("World", { signal }).catch((error) => (error instanceof PoolError ? error.code : ""));
  await workers.close();
  return text.length + workers.queued;
}
export const long = (module: WebAssembly.Module): Host => new Host(module, { debug: false });
export const small = (module: WebAssembly.Module): Core => new Core(module, { with: [string, trace] });
`);
  writeFileSync(`${folder}/bad.ts`, `
import { instantiate, WireError } from "handwire";
instantiate(null);
instantiate(new Uint8Array(8), { debug: "yes" });
const code: number = new WireError("panic", "").code;
export { code };
(await instantiate<{ greet(name: string): string }>(new Uint8Array(8))).exports.greet(1);
import { pool } from "handwire/worker";
(await pool<{ greet(name: string): string }>(new Uint8Array(8), { imports: {} })).exports.greet("World").length;
`);
  const compilerOptions = { strict: true, noEmit: true, target: "es2022", lib: ["es2022", "dom"], module: "nodenext", types: [] };
  const tsc = (/** @type {string} */ file) => {
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: [file] }));
    run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", "."], folder);
  };
  writeFileSync(`${folder}/package.json`, '{ "type": "module" }');
  tsc("good.ts");
  assert.throws(() => tsc("bad.ts"), ({ message }) => {
    const lines = [.../** @type {string} */ (message).matchAll(/bad\.ts\((\d+),/g)].map(([, line]) => Number(line));
    assert.deepEqual(lines, [3, 4, 5, 7, 9, 9], message);
    return true;
  });
});

test("npx finds its command once it is installed", () => {
  const project = `${folder}/project`;
  mkdirSync(project, { recursive: true });
  writeFileSync(`${project}/package.json`, '{ "private": true }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", `${folder}/${packed.filename}`], project);
  assert.equal(run("npx", ["--no-install", "handwire", "--version"], project).trim(), packed.version);
});

test("its modules load by the package's name", () => {
  const script = `
    const names = ["handwire", "handwire/core", "handwire/trace", "handwire/worker", ${modules.filter((file) => file.startsWith("imports/")).map((file) => JSON.stringify(`handwire/${file.replace(/\.js$/, "")}`)).join(", ")}];
    for (const name of names) if (Object.keys(await import(name)).length === 0) throw new Error(name + " exports nothing");
    const { Host, instantiate } = await import("handwire");
    const empty = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
    const { host } = await instantiate(empty);
    console.log(names.length, host instanceof Host, host.handles.live);
  `;
  writeFileSync(`${folder}/load.js`, script);
  const groups = modules.filter((file) => file.startsWith("imports/")).length;
  assert.equal(run(process.execPath, ["load.js"], folder).trim(), `${groups + 4} true 0`);
});
