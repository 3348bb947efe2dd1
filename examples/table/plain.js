// @ts-check
// The same table in plain JavaScript, as fast as one would write it: what the guest is timed
// against. It keeps no nodes either.

const ADJECTIVES = "pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy helpful mushy odd unsightly adorable important inexpensive cheap expensive fancy".split(" ");
const COLOURS = "red yellow blue green pink brown purple brown white black orange".split(" ");
const NOUNS = "table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard".split(" ");

/** A table as the guest has it, with the same names. */
export class PlainTable {
  /** @type {{ id: number, label: string }[]} */
  data = [];
  next = 1;
  /** @type {number | undefined} */
  selected;

  /** @param {HTMLTableSectionElement} body @param {HTMLTableRowElement} template @param {number} seed */
  constructor(body, template, seed) {
    this.body = body;
    this.template = template;
    this.state = seed;
  }

  /** @param {number} count */
  create(count) {
    this.clear();
    this.append(count);
  }

  /** @param {number} count */
  append(count) {
    for (let i = 0; i < count; i++) {
      const row = { id: this.next++, label: `${this.word(ADJECTIVES)} ${this.word(COLOURS)} ${this.word(NOUNS)}` };
      const node = this.template.cloneNode(true);
      const id = /** @type {ChildNode} */ (node.firstChild);
      id.textContent = `${row.id}`;
      const label = /** @type {ChildNode} */ (id.nextSibling);
      label.textContent = row.label;
      this.body.appendChild(node);
      this.data.push(row);
    }
  }

  update() {
    const { rows } = this.body;
    for (let i = 0; i < this.data.length; i += 10) {
      const row = this.data[i];
      row.label += " !!!";
      const label = /** @type {ChildNode} */ (rows[i].lastChild);
      label.textContent = row.label;
    }
  }

  swap() {
    const { body, data } = this;
    if (data.length < 4) return;
    const [first, second] = [1, data.length - 2];
    const [a, b] = [body.rows[first], body.rows[second]];
    const [behindA, behindB] = [a.nextSibling, b.nextSibling];
    body.insertBefore(b, behindA);
    body.insertBefore(a, behindB);
    [data[first], data[second]] = [data[second], data[first]];
    this.selected = this.selected === first ? second : this.selected === second ? first : this.selected;
  }

  /** @param {number} index */
  select(index) {
    this.check(index);
    const { rows } = this.body;
    if (this.selected !== undefined) rows[this.selected].className = "";
    rows[index].className = "danger";
    this.selected = index;
  }

  /** @param {number} index */
  remove(index) {
    this.check(index);
    this.body.rows[index].remove();
    this.data.splice(index, 1);
    if (this.selected === index) this.selected = undefined;
    else if (this.selected !== undefined && this.selected > index) this.selected--;
  }

  clear() {
    this.body.textContent = "";
    this.data = [];
    this.selected = undefined;
  }

  rows() {
    return this.data.length;
  }

  /** @param {number} index */
  check(index) {
    if (index >= this.data.length) throw new Error(`there is no row ${index}: there are ${this.data.length}`);
  }

  /** One of some words at random: the same numbers as in labels.rs. @param {string[]} words */
  word(words) {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return words[Math.floor((this.state / 2 ** 32) * words.length)];
  }
}
