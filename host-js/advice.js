// @ts-check
// What to do about an error, by its code. Loading this module adds it to the messages.

import { advice } from "./errors.js";

const texts = {
  "forged-handle": "this handle was never made; use only handles that an operation returned",
  "stale-handle": "this handle was released; keep a handle until its last use, or clone it",
  "reserved-handle": "NONE and NUMBER are no values, and the fixed handles below 8 are never released; look at a result before using it",
  "handles-exhausted": "more handles are alive than there are numbers; release what is no longer used",
  "wrong-kind": "the value is of another kind than this operation is for; ask value_kind or value_class first",
  "out-of-bounds": "this range ends beyond the guest's memory; pass the pointer and length of one live buffer",
  "misaligned": "the address is not a multiple of the alignment that the contract asks for",
  "unknown-kind": "contract 1.0 has no such kind; the guest was made for a newer one, or the slot was never written",
  "bad-utf8": "text must be UTF-8; pass other bytes as bytes",
  "bad-batch": "the words of a batch are in WIRE.md, section 14; record it anew for each run",
  "string-too-long": "the text is longer than this engine's strings can be; pass it in parts, or as bytes",
  "bad-data": "the data buffer is damaged; write it as WIRE.md, section 13, has it",
  "not-attached": "call host.attach(instance) before anything that touches guest memory; a start function can't",
  "missing-import": "the module imports what this host doesn't have; pass groups of operations in options.with, anything else in options.imports",
  "bad-info": "hw_info must return the address of an info record",
  "version": "rebuild the module for the host's contract, or take a newer host",
  "missing-feature": "take a newer host",
  "bad-contract": "correct this declaration in the guest; the grammar is in WIRE.md, section 10",
  "no-allocator": "the argument doesn't fit into the guest's arena; export hw_alloc and hw_free from the guest, or pass less at a time",
  "out-of-memory": "the guest's allocator has no room for this argument; the guest goes on",
  "re-entered": "it is in use, by a call further out or as another argument, in a way that excludes this use; use it when that call has returned",
  "dropped": "it was freed, or its owner in the guest dropped it; keep it alive for as long as it is used",
  "moved": "an earlier call took it by value; make a new one, or let that call borrow it",
  "wrong-data": "the function takes data of another shape",
  "wrong-value": "the guest takes back a value of its own type only; give it the object that it handed out for this",
  "shared": "the guest has owners of its own for it, and so no call may change it or take it; what it changes inside of a shared value needs a Cell",
  "wrong-instance": "it was made by another instance, or before a restart; use it with the one that made it",
  "bad-waiter": "a waiter is a number below 4194304 that waits for one thing at a time; forget it only while it waits",
  "bad-task": "an async export returns 0, 1 or a new task, a number from 8 to 4194303, and settles that once",
  "poisoned": "the instance died before; make a new one with host.restart()",
};

for (const [code, text] of Object.entries(texts)) advice[code] = `: ${text}`;
