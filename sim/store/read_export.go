package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// mostOpen is how many parts are read at a time: far fewer files than a
// process may have open, and each takes memory too.
const mostOpen = 64

// Export writes a table of a complete data set, no name being the first, to
// the file to, in place of any file of that name: all lines by row, then
// replication. A chunk of rows in more blocks than can be read at a time is
// merged in passes, by way of files beside to. When ctx ends nothing appears.
func Export(ctx context.Context, path, table string, f Format, to string) error {
	r, err := OpenForReading(path, false)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // opened for reading
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	declared := &r.head.Tables[i]
	e := &exporter{
		DatasetReader: r, place: i, to: to,
		table: Table{Name: declared.Name, Doc: declared.Doc, Columns: declared.Columns, Meta: r.meta()},
	}
	return writeAlone(to, func(file io.Writer) error {
		return WriteTable(&breakable{ctx, file}, f, e.table, func(w *TableWriter) error { return e.write(ctx, w) })
	}, (*pending).commit)
}

// breakable is a file that takes nothing any more once ctx has ended.
type breakable struct {
	ctx context.Context
	io.Writer
}

func (b *breakable) Write(data []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.Writer.Write(data)
}

// exporter writes one table of a data set as one file.
type exporter struct {
	*DatasetReader
	table Table // as exported
	place int   // of the table among those of the data set
	to    string
}

// source is a file of lines: that of a part, or of several merged.
type source struct {
	in   *folder
	rel  string
	part Part // in whose rectangle the lines are
}

// write writes all lines, chunk of rows by chunk of rows.
func (e *exporter) write(ctx context.Context, w *TableWriter) error {
	for first := 0; first < e.head.Parts(); first += e.head.blocks() {
		var sources []source
		for k := first; k < first+e.head.blocks(); k++ {
			p := e.head.Part(k)
			sources = append(sources, source{e.folder, e.rel(e.place, p), p})
		}
		if err := e.writeChunk(ctx, w, sources); err != nil {
			return err
		}
	}
	return nil
}

// writeChunk writes the lines of some blocks of the same rows.
func (e *exporter) writeChunk(ctx context.Context, w *TableWriter, blocks []source) (err error) {
	if len(blocks) <= mostOpen {
		return e.merge(w, blocks)
	}
	dir, err := os.MkdirTemp(filepath.Dir(e.to), tempName(filepath.Base(e.to), "*"))
	if err != nil {
		return explain("write beside", e.to, err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	scratch, err := openFolder(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, scratch.close()) }()
	for len(blocks) > mostOpen {
		if blocks, err = e.gather(ctx, scratch, blocks); err != nil {
			return err
		}
	}
	return e.merge(w, blocks)
}

// gather merges as many blocks as can be read at a time into one, and again,
// until all are in fewer.
func (e *exporter) gather(ctx context.Context, scratch *folder, blocks []source) (fewer []source, err error) {
	for some := range slices.Chunk(blocks, mostOpen) {
		all := source{scratch, "", some[0].part}
		for _, s := range some[1:] {
			all.part.Replications += s.part.Replications
		}
		all.rel = fmt.Sprintf("%s-%d", all.part.Name(), len(some)) // one alone has the name already
		_, err := scratch.writeFrom(all.rel, func(file io.Writer) error {
			return WriteTable(&breakable{ctx, file}, Parquet, e.table, func(w *TableWriter) error { return e.merge(w, some) })
		})
		if err != nil {
			return nil, err
		}
		fewer = append(fewer, all)
	}
	return fewer, nil
}

// merge writes the lines of blocks by row, then replication. No run is in two.
func (e *exporter) merge(w *TableWriter, sources []source) error {
	var blocks []*block
	defer func() {
		for _, b := range blocks {
			b.close()
		}
	}()
	for _, s := range sources {
		b, err := s.open(e.table.Columns)
		if err != nil {
			return err
		}
		blocks = append(blocks, b)
	}
	for {
		first, limit := least(blocks)
		if first.key == ended {
			return nil
		}
		for first.key.before(limit) {
			if err := first.copyLine(w); err != nil {
				return err
			}
			if err := first.advance(); err != nil {
				return withRemedy(fmt.Errorf("%s: %w", first.name, err))
			}
		}
	}
}

func (s *source) open(columns []Column) (*block, error) {
	file, err := s.in.root.Open(s.rel)
	if err != nil {
		return nil, withRemedy(explain("read", s.in.name(s.rel), err))
	}
	b, err := openBlock(file, columns, s.part)
	if err != nil {
		return nil, withRemedy(fmt.Errorf("%s: %w", s.in.name(s.rel), err))
	}
	b.name = s.in.name(s.rel)
	return b, nil
}

// least is the block whose next line comes first, and the next key of the others.
func least(blocks []*block) (first *block, limit lineKey) {
	limit = ended
	for _, b := range blocks {
		switch {
		case first == nil:
			first = b
		case b.key.before(first.key):
			first, limit = b, first.key
		case b.key.before(limit):
			limit = b.key
		}
	}
	return first, limit
}
