// @ts-check
// Strings of up to 16 units, by one call with each of them: an engine does that in place, without a list.

const { fromCharCode } = String;

/** Up to 16 bytes of ASCII. @param {Uint8Array} u @param {number} i @param {number} count @returns {string} */
export function fromBytes(u, i, count) {
  switch (count) {
    case 1: return fromCharCode(u[i]);
    case 2: return fromCharCode(u[i], u[i + 1]);
    case 3: return fromCharCode(u[i], u[i + 1], u[i + 2]);
    case 4: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3]);
    case 5: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4]);
    case 6: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5]);
    case 7: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6]);
    case 8: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7]);
    case 9: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8]);
    case 10: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9]);
    case 11: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10]);
    case 12: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11]);
    case 13: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12]);
    case 14: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13]);
    case 15: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14]);
    case 16: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14], u[i + 15]);
    default: return "";
  }
}

/** The same of units: engines keep apart what arrays each has seen. @param {Uint16Array} u @param {number} i @param {number} count @returns {string} */
export function fromUnits(u, i, count) {
  switch (count) {
    case 1: return fromCharCode(u[i]);
    case 2: return fromCharCode(u[i], u[i + 1]);
    case 3: return fromCharCode(u[i], u[i + 1], u[i + 2]);
    case 4: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3]);
    case 5: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4]);
    case 6: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5]);
    case 7: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6]);
    case 8: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7]);
    case 9: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8]);
    case 10: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9]);
    case 11: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10]);
    case 12: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11]);
    case 13: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12]);
    case 14: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13]);
    case 15: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14]);
    case 16: return fromCharCode(u[i], u[i + 1], u[i + 2], u[i + 3], u[i + 4], u[i + 5], u[i + 6], u[i + 7], u[i + 8], u[i + 9], u[i + 10], u[i + 11], u[i + 12], u[i + 13], u[i + 14], u[i + 15]);
    default: return "";
  }
}
