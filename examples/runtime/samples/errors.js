// Errors: of the script, of its callbacks, and of native functions that are called wrongly.
try {
  setTimeout("print(1)", 10);
} catch (error) {
  print("caught:", error.name, error instanceof TypeError);
}
setTimeout(() => print("the others go on"), 20);
setTimeout(() => {
  throw new RangeError("nobody catches this");
}, 10);
print(globalThis.undefinedVariable);
undefinedVariable;
