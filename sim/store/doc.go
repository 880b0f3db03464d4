// Package store keeps what commands leave behind. It knows paths, column names
// and file formats, and nothing of SMEs, experiments or pictures: columns and
// facts are given to it as data, and so are the time and the command line.
//
// There are two kinds of directory:
//
//   - a run directory ([Create]) has the files of one run: tables (CSV and
//     Parquet), figures, a report and the manifest that says what was run;
//   - a data set ([OpenDataset]) is made of parts: Parquet files of some rows of
//     a design and some replications each. It can be broken off and gone on with,
//     extended by replications and shared out among processes and machines.
//
// What holds at every moment:
//
//   - A file under its real name is whole. Every file grows under a temporary
//     name in the same folder, is flushed and synced, and only then renamed.
//   - manifest.json is written last. Where it is, every file that it lists was
//     whole with the hash it lists. Where it is not, the run was killed, or the
//     data set is not complete.
//   - Equal input gives equal bytes, on every platform: no time of creation,
//     no order of a map, no build number goes into a table or a data set.
//   - Nothing is overwritten or removed that epgsim did not write, even when
//     asked to: see [Create] and [NewFile].
//   - One process at a time writes into a directory, or into a share of a data set.
//   - What a killed process had not finished is hidden, and gone when the next one
//     writes there.
//
// Files that one process after the other adds to stand in a [Keep].
package store
