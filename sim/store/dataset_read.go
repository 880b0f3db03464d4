package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
)

// DatasetReader reads a data set that is complete, or its first replications.
type DatasetReader struct {
	*contents
	listed map[string]File // by the manifest, by path; nil where it need not be there
	until  int             // parts with replications from here on are left out
}

// OpenForReading opens a data set, which must be complete. Close it when done.
func OpenForReading(path string) (*DatasetReader, error) {
	c, err := openContents(path)
	if err != nil {
		return nil, err
	}
	listed := c.signed()
	if listed == nil {
		return nil, errors.Join(fmt.Errorf("%s: the data set is not complete; go on with it first", path), c.close())
	}
	return &DatasetReader{c, listed, c.head.Replications}, nil
}

// OpenFirst opens a data set for reading its first so many replications, a whole
// number of blocks. Their parts must be there when they are visited; others need not
// be. Close it when done. A part that is missing is an error that is fs.ErrNotExist.
func OpenFirst(path string, replications int) (*DatasetReader, error) {
	c, err := openContents(path)
	if err != nil {
		return nil, err
	}
	return &DatasetReader{c, nil, replications}, nil
}

// Head is what the data set is of.
func (r *DatasetReader) Head() Head { return r.head }

// Close ends reading.
func (r *DatasetReader) Close() error { return r.close() }

// Each visits the parts in order: all blocks of the first rows, then those of
// the next. It gives the named columns of a table, without names all of them; no
// table is the first one. A part of very many lines comes in pieces. A file that
// is not the part that it should be, or not as the manifest lists it, is an error.
func (r *DatasetReader) Each(table string, columns []string, visit func(Part, []Values) error) error {
	return r.each(table, func(p Part, f *parquetFile) error {
		return f.each(columns, func(values []Values) error { return visit(p, values) })
	})
}

// each visits the files of a table's parts.
func (r *DatasetReader) each(table string, visit func(Part, *parquetFile) error) error {
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", r.root.Name(), err)
	}
	for k := range r.head.Parts() {
		p := r.head.Part(k)
		if p.FirstReplication >= r.until {
			continue
		}
		f, err := r.openListed(i, p)
		if err != nil {
			return r.remedy(i, p, err)
		}
		err = visit(p, f)
		_ = f.in.Close() // opened for reading
		if errors.Is(err, errDamaged) {
			err = r.remedy(i, p, err)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// remedy says what to do about a part's file that has gone bad.
func (r *DatasetReader) remedy(i int, p Part, err error) error {
	name, remedy := r.Path(r.rel(i, p)), "run the same again"
	if isThere(name) {
		remedy = "remove this file and run the same again"
	}
	return fmt.Errorf("%s: %w; %s", name, err, remedy)
}

// openListed opens a part's file of table i, which must be as the manifest
// lists it.
func (r *DatasetReader) openListed(i int, p Part) (*parquetFile, error) {
	if r.listed == nil {
		return r.open(i, p)
	}
	listed, ok := r.listed[r.rel(i, p)]
	problem := "is not listed in " + ManifestName
	if ok {
		problem = listed.differs(r.root)
	}
	if problem != "" {
		return nil, errors.New(problem)
	}
	return r.open(i, p)
}

// Export writes a table of a complete data set, no name being the first, to
// the file to: the lines of all parts as they come, each part's by row, then
// replication. With force it takes the place of a file, as NewFile does. When ctx
// ends nothing appears.
func Export(ctx context.Context, path, table string, f Format, to string, force bool) error {
	r, err := OpenForReading(path)
	if err != nil {
		return err
	}
	err = writeTarget(to, force, isExport, func(out io.Writer) error { return r.export(ctx, table, f, out) })
	return errors.Join(err, r.Close())
}

// isExport says whether a file is one that Export writes: every table of a data
// set begins with the same columns.
func isExport(in *os.File) bool {
	keys := ""
	for _, c := range KeyColumns() {
		keys += c.Name + ","
	}
	if bytes.HasPrefix(firstBytes(in), []byte(keys)) {
		return true
	}
	f, err := openParquet(in)
	if err != nil {
		return false
	}
	_, ok := f.file.Lookup(fingerprintKey)
	return ok
}

// ExportTo is Export to a writer. After an error what was written is not whole.
func ExportTo(ctx context.Context, path, table string, f Format, out io.Writer) error {
	r, err := OpenForReading(path)
	if err != nil {
		return err
	}
	return errors.Join(r.export(ctx, table, f, out), r.Close())
}

func (r *DatasetReader) export(ctx context.Context, table string, f Format, out io.Writer) error {
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", r.root.Name(), err)
	}
	return WriteTable(out, f, r.table(i, nil), func(w *TableWriter) error {
		return r.each(table, func(p Part, part *parquetFile) error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return part.copyLines(w, p)
		})
	})
}
