// A worker of the page: it starts the program, which looks at what it was given for
// what there is to do.
onmessage = async ({ data }) => {
  globalThis.given = data;
  const go = new Go();
  go.run(await WebAssembly.instantiate(data.module, go.importObject));
};
