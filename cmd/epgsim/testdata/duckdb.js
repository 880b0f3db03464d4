// node duckdb.js FILES: all rows of the Parquet files that a pattern names, as
// JSON, in the order of their keys. Values are texts from which the same bits
// can be read again; null is null. NODE_PATH says where @duckdb/node-api is.
const { DuckDBInstance } = require("@duckdb/node-api");

const text = (v) => (v === null ? null : Object.is(v, -0) ? "-0" : String(v));

(async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const files = process.argv[2].replaceAll("'", "''");
  const reader = await connection.runAndReadAll(`SELECT * FROM read_parquet('${files}') ORDER BY ALL`);
  console.log(JSON.stringify({
    columns: reader.columnNames(),
    types: reader.columnTypes().map(String),
    rows: reader.getRows().map((row) => row.map(text)),
  }));
})();
