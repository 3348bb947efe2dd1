// @ts-check
// Makes host-js ready to be packed, by its `prepack`: declarations from the JSDoc, and the licences.
// What it writes is ignored by git; the sources stay the only text.

import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { root } from "./guests.js";

rmSync(`${root}host-js/types`, { recursive: true, force: true });
const { status } = spawnSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-p", `${root}scripts/types.tsconfig.json`], { stdio: "inherit" });
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) copyFileSync(root + name, `${root}host-js/${name}`);
process.exitCode = status ?? 1;
