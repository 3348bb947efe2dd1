// @ts-check
// Stands for a library that somebody else wrote: a module, which puts nothing into the global scope.

export const slugs = {
  /** A title as a part of an address. @param {string} title */
  slug: (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, ""),
};
