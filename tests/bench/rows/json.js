// @ts-check
// Rows j as JSON text, in all columns. The same structs as data are in structs.js.

import { loop } from "./row.js";

export const MANY = 1000;

/** As `Person` in guests/common. @param {number} id */
export const person = (id) => ({
  id,
  name: `Ada Müller-${id}`,
  email: `ada.mueller.${id}@example.org`,
  age: 20 + (id % 60),
  score: id * 0.25,
  active: id % 2 === 0,
  tags: ["first", "second", "third"],
  manager: id % 3 === 0 ? null : id - 1,
  address: { street: `${id} Long Street`, city: "Zürich", zip: 8000 + (id % 100), lat: 47.375, lon: 8.5 },
});

export const people = () => Array.from({ length: MANY }, (_, id) => person(id + 1));

/** @param {import("./row.js").Opened} opened */
export const hold = ({ calls }) => calls.hold_people(JSON.stringify(people()));

/** @type {import("./row.js").Row[]} */
export const json = [
  {
    row: "j.inJson",
    family: "JSON text",
    what: "struct JS→Rust, as JSON text",
    input: people,
    body: loop("acc += x.json_in(JSON.stringify(input[i & 511]));"),
  },
  {
    row: "j.outJson",
    family: "JSON text",
    what: "struct Rust→JS, as JSON text",
    input: hold,
    check: ({ calls }) => calls.json_out(),
    body: loop("acc += JSON.parse(x.json_out()).address.zip;"),
  },
  {
    row: "j.insJson",
    family: "JSON text",
    what: `${MANY} structs JS→Rust, as JSON text (per struct)`,
    per: MANY,
    input: people,
    body: loop("acc += x.json_ins(JSON.stringify(input));"),
  },
  {
    row: "j.outsJson",
    family: "JSON text",
    what: `${MANY} structs Rust→JS, as JSON text (per struct)`,
    per: MANY,
    input: hold,
    check: ({ calls }) => calls.json_outs(),
    body: loop("acc += JSON.parse(x.json_outs())[i & 511].address.zip;"),
  },
];
