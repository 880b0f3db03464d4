// Package store keeps what a command leaves behind: a run directory with its
// tables (CSV and Parquet), figures and report files, and the manifest that
// says what was run, so that it can be found, checked and run again.
//
// It knows paths, column names and file formats. It knows nothing of SMEs, of
// experiments or of pictures: columns and facts are given to it as data, and
// so are the time and the command line.
//
// # What holds at every moment
//
//   - A file under its real name is whole. Every file grows under a temporary
//     name in the same folder, is flushed and synced, and only then renamed.
//   - manifest.json is written last. Where it is, the run has ended, and every
//     file it lists was whole with the hash it lists. Where it is not, the run
//     was killed.
//   - Equal input gives equal bytes, on every platform: no time of creation,
//     no order of a map, no build number goes into a table.
//   - Nothing is overwritten or removed that epgsim did not write, even when
//     asked to: see [Create].
//   - One process at a time writes into a directory, or into a share of a sweep's.
//   - What a killed process had not finished is hidden, and gone when the next one
//     writes there.
//
// # Use
//
//	d, err := store.Create(out, force)
//	if err != nil { … }
//	defer d.Close() // gives the directory back when something goes wrong
//	w, err := d.Table(store.Table{Name: "results", Columns: columns})
//	for … {
//		w.Text(arm).Int(replication).Floats(values)
//		if err := w.EndRow(); err != nil { … }
//	}
//	err = w.Close()
//	err = d.WriteFile("figures/headline.svg", svg)
//	err = d.Finish(store.Manifest{Version: version, …})
//
// # A sweep
//
// A sweep's directory, a [Dataset], is made of parts: Parquet files of some
// design rows and some replications each. A part under its real name is
// finished; killed at any moment, the sweep goes on with those that are
// missing. It can be extended by replications, and its parts can be shared out
// among processes and machines. Its manifest says nothing of the time or the
// command, so that however it came about the directory is the same bytes.
//
//	d, err := store.OpenDataset(out, head, files, shard)
//	if err != nil { … }
//	defer d.Close()
//	for _, part := range d.Missing() { // by several goroutines, if need be
//		w, err := d.Begin(part)
//		…
//		w.Table("parts").Int(row).Int(replication).Floats(values)
//		…
//		err = w.Close()
//	}
//	missing, err := d.Finish() // 0: complete
//
// # A ledger
//
// Files that one process after the other adds to stand in a [Keep].
package store
