// @ts-check
// The wasm-bindgen CLI, of just the crate's version.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL("./", import.meta.url));
const tools = `${here}.tools`;

/** The version in Cargo.toml, which is exact. @returns {string} */
export function bindgenVersion() {
  const version = /^wasm-bindgen = "=([\d.]+)"$/m.exec(readFileSync(`${here}Cargo.toml`, "utf8"))?.[1];
  if (!version) throw new Error("Cargo.toml names no exact version of wasm-bindgen");
  return version;
}

/** The CLI's path, once it is there in the crate's version. */
export function bindgenCli() {
  const cli = `${tools}/bin/wasm-bindgen`;
  const version = bindgenVersion();
  const found = existsSync(cli) && spawnSync(cli, ["--version"], { encoding: "utf8" }).stdout.includes(version);
  if (found) return cli;
  console.log(`building wasm-bindgen-cli ${version}, once; this takes minutes`);
  const args = ["install", "--quiet", "--root", tools, "wasm-bindgen-cli", "--version", version, "--force"];
  const { status } = spawnSync("cargo", args, { cwd: here, stdio: "inherit" });
  if (status !== 0) throw new Error("building the wasm-bindgen CLI failed");
  return cli;
}
