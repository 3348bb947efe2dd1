// @ts-check
// The shapes of objects that were seen: their keys, in order. A tree of keys, in which an object that
// is written goes from the root down one node a key; the node where it ends is its shape, with
// its keys as the table of a buffer wants them. The tree stays from buffer to buffer, and is
// bounded: objects that are dictionaries make nodes of their own, which are forgotten.

import { utf8 } from "./string.js";

/** @typedef {import("./encode.js").Writer} Writer */

/** How many nodes stay, how many children of one, and of the root. */
const NODES = 4096, CHILDREN = 16, ROOT_CHILDREN = 256;
/** How many keys a shape has that stays. */
const KEYS = 64;

export class Node {
  /** The child that was used last. @type {string | null} */
  likely = null;
  /** @type {Node | null} */
  next = null;
  /** All children by their keys, if there are several. @type {Map<string, Node> | null} */
  children = null;
  /** The buffer that has the shape, and its number there. @type {Writer | null} */
  writer = null;
  buffer = 0;
  number = 0;
  /** Whether a text that stood at this key was not ASCII: the next ones may not be, either. */
  wide = false;
  /** How many keys, how many bytes, and the keys: an entry of the table. */
  entry = EMPTY;

  depth = 0;
  /** The child of the root above it. @type {Node | null} */
  first = null;
  /** What `first` was of the last object that stood at this key: the next may well start like it. @type {Node | null} */
  inner = null;

  /** @param {Node | null} parent @param {string} key @param {boolean} kept */
  constructor(parent, key, kept) {
    this.parent = parent;
    this.key = key;
    this.kept = kept;
    if (parent !== null) {
      this.depth = parent.depth + 1;
      this.first = parent.first ?? this;
    }
  }

  /** Gives the shape its number in a buffer. @param {Writer} writer @param {number} buffer @param {number} number */
  enter(writer, buffer, number) {
    if (this.entry.length === 0) this.entry = makeEntry(this);
    this.writer = writer;
    this.buffer = buffer;
    this.number = number;
  }
}

const EMPTY = new Uint8Array(0);

export class Tree {
  root = new Node(null, "", true);
  nodes = 0;

  /** Whether nothing new stays. */
  get full() {
    return this.nodes >= NODES;
  }

  /** Expects an object to start as the last one did that stood at the same key. @param {Node} at */
  expect({ inner }) {
    if (inner === null) return;
    this.root.likely = inner.key;
    this.root.next = inner;
  }

  /** The node of an object's next key. @param {Node} node @param {string} key @returns {Node} */
  step(node, key) {
    if (node.likely === key) return /** @type {Node} */ (node.next);
    let next = node.children?.get(key);
    if (next === undefined) {
      const kept = node.kept && node.depth < KEYS && (node.children?.size ?? 0) < (node.depth === 0 ? ROOT_CHILDREN : CHILDREN) && !this.full;
      next = new Node(node, key, kept);
      if (!kept) return next;
      this.nodes++;
      (node.children ??= new Map()).set(key, next);
    }
    node.likely = key;
    node.next = next;
    return next;
  }
}

/** @param {Node} shape */
function makeEntry(shape) {
  /** @type {Uint8Array[]} */
  const keys = [];
  let size = 0;
  for (let node = shape; node.parent !== null; node = node.parent) {
    const key = utf8.encode(node.key);
    keys.push(key);
    size += lengthSize(key.length) + key.length;
  }
  const entry = new Uint8Array(8 + size);
  const view = new DataView(entry.buffer);
  view.setUint32(0, keys.length, true);
  view.setUint32(4, size, true);
  let at = 8;
  for (let i = keys.length - 1; i >= 0; i--) {
    let rest = keys[i].length;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) entry[at++] = (rest & 0x7f) | 0x80;
    entry[at++] = rest;
    entry.set(keys[i], at);
    at += keys[i].length;
  }
  return entry;
}

/** @param {number} length */
function lengthSize(length) {
  let size = 1;
  for (; length >= 0x80; length = Math.floor(length / 0x80)) size++;
  return size;
}
