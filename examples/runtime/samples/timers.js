// Timers: an id each, and arguments for the callback.
print("first");
const never = setTimeout(() => print("never"), 60);
setTimeout((a, b) => print("third:", a + b), 40, 40, 2);
setTimeout(() => {
  print("second");
  clearTimeout(never);
  Promise.resolve().then(() => print("a promise of the script, in between"));
}, 10);
print("the script is over, its timers are not");
