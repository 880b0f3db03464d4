package store

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// DatasetReader reads a data set that is complete, or the finished parts of
// one that is not. It may be used while others write.
type DatasetReader struct {
	*contents
	partial bool
	known   map[string]File // what the manifest lists, by path
}

// OpenForReading opens a data set. One that is not complete is refused, unless
// partial says that its finished parts will do. Close it when done.
func OpenForReading(path string, partial bool) (*DatasetReader, error) {
	c, err := openContents(path)
	if err != nil {
		return nil, err
	}
	known, current := c.signed()
	if !partial && !current {
		return nil, errors.Join(fmt.Errorf("%s: the data set is not complete; go on with it first", path), c.folder.close())
	}
	return &DatasetReader{c, partial, known}, nil
}

// Head is what the data set is of.
func (r *DatasetReader) Head() Head { return r.head.clone() }

// Close ends reading.
func (r *DatasetReader) Close() error { return r.folder.close() }

// Each visits the finished parts in order: all blocks of the first rows, then
// those of the next. It gives the named columns of a table, without names all
// of them; no table is the first one. Parts that the data set is without, when
// it is not complete, are left out. A file that is not the part that it should
// be, or not as the manifest lists it, is an error.
func (r *DatasetReader) Each(table string, columns []string, visit func(Part, []Values) error) error {
	return r.each(table, func(p Part, f *parquetFile) error {
		values, err := f.all(columns)
		if err != nil {
			return err
		}
		return visit(p, values)
	})
}

// each visits the files of a table's finished parts. Errors of visit name the
// file.
func (r *DatasetReader) each(table string, visit func(Part, *parquetFile) error) error {
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", r.folder.root.Name(), err)
	}
	for k := range r.head.Parts() {
		p := r.head.Part(k)
		if r.partial && r.problem(p) != nil {
			continue
		}
		if err := r.visit(i, p, visit); err != nil {
			return err
		}
	}
	return nil
}

func (r *DatasetReader) visit(i int, p Part, visit func(Part, *parquetFile) error) error {
	name := r.folder.name(r.rel(i, p))
	bad := &Mismatch{r.rel(i, p), "is not listed in " + ManifestName}
	if f, ok := r.known[bad.Path]; ok {
		bad.Problem = f.differs(r.folder.root)
	} else if r.partial {
		bad.Problem = ""
	}
	var f *parquetFile
	var err error
	if bad.Problem == "" {
		if f, err = r.open(i, p); err != nil {
			bad = r.mismatch(i, p, err)
		}
	}
	if bad.Problem == isMissing {
		return fmt.Errorf("%s: is missing; run the same again", name)
	}
	if bad.Problem != "" {
		return fmt.Errorf("%s: %s; remove this file and run the same again", name, bad.Problem)
	}
	err = visit(p, f)
	_ = f.in.Close() // opened for reading
	if errors.Is(err, errDamaged) {
		return fmt.Errorf("%s: %w; remove this file and run the same again", name, err)
	}
	return err
}

// Export writes a table of a complete data set, no name being the first, to
// the file to: the lines of all parts as they come, each part's by row, then
// replication. With force it takes the place of a file, as NewFile does. When ctx
// ends nothing appears.
func Export(ctx context.Context, path, table string, f Format, to string, force bool) error {
	return writeTarget(to, force, func(out io.Writer) error { return ExportTo(ctx, path, table, f, out) })
}

// ExportTo is Export to a writer. After an error what was written is not whole.
func ExportTo(ctx context.Context, path, table string, f Format, out io.Writer) error {
	r, err := OpenForReading(path, false)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // opened for reading
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return WriteTable(&breakable{ctx, out}, f, r.table(i, nil), func(w *TableWriter) error {
		return r.each(table, func(p Part, part *parquetFile) error { return part.copyLines(w, p) })
	})
}

// breakable is a writer that takes nothing any more once ctx has ended.
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
