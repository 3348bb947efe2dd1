// Requests: a promise each, which the event loop settles when the reply is there.
const show = async (url) => {
  const reply = await fetch(url);
  const text = await reply.text();
  print(url, reply.status, reply.ok, text.split("\n")[0]);
};
show("samples/timers.js")
  .then(() => show("samples/requests.js"))
  .then(() => fetch("//"))
  .catch((error) => print("caught:", error.name));
