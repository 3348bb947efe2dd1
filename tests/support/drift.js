// @ts-check
// How two lists that claim to say the same are held against each other.

/** @typedef {Map<string, string | number>} Rows what a source says, by the name of the row */

/**
 * All differences of a source from the contract, one line each, which names the row and both sides.
 * @param {string} what as "operation"
 * @param {Rows} wire what WIRE.md says
 * @param {string} source the other's name, as a reader would look for it
 * @param {Rows} found what the other says
 * @param {{ partial?: boolean }} [options] `partial`: the other needn't have every row
 * @returns {string[]}
 */
export function differences(what, wire, source, found, { partial = false } = {}) {
  const lines = [];
  for (const [name, said] of wire) {
    const other = found.get(name);
    if (other === undefined) {
      if (!partial) lines.push(`${what} ${name}: in WIRE.md (${said}), not in ${source}`);
    } else if (other !== said) lines.push(`${what} ${name}: ${said} in WIRE.md, ${other} in ${source}`);
  }
  for (const [name, other] of found) if (!wire.has(name)) lines.push(`${what} ${name}: in ${source} (${other}), not in WIRE.md`);
  return lines;
}

/** Rows that say no more than that they are there. @param {Iterable<string>} names @returns {Rows} */
export const present = (names) => new Map([...names].map((name) => [name, "listed"]));
