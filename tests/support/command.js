// @ts-check
// The command `handwire` as a user runs it, and a project beside which its host is installed.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { root, target } from "../../scripts/guests.js";

/**
 * Runs the command.
 * @param {...string} args
 * @returns {{ code: number | null, out: string, err: string }}
 */
export function handwire(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`${root}host-js/bin/handwire.js`, ...args], { encoding: "utf8" });
  return { code: status, out: stdout, err: stderr };
}

/**
 * An empty folder in which `handwire` can be imported.
 * @param {string} name
 * @returns {string} its path
 */
export function project(name) {
  const folder = `${target}/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/node_modules`, { recursive: true });
  cpSync(`${root}host-js`, `${folder}/node_modules/handwire`, { recursive: true, filter: (path) => !/host-js\/(types|node_modules)$/.test(path) });
  return folder;
}

/**
 * Runs a program of a project.
 * @param {string} folder
 * @param {string} script the text of an ES module
 * @param {...string} flags of Node
 * @returns {string} what it printed
 * @throws {Error} with what it said, when it failed
 */
export function runIn(folder, script, ...flags) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, "--input-type=module", "-e", script], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
