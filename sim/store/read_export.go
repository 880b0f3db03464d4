package store

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
)

// exportBatch is how many lines of each block are held.
const exportBatch = 256

// Export writes a table of a complete data set, no name being the first, to
// the file to, in place of any file of that name: all lines by row, then
// replication. It holds a batch of lines of every block of one chunk of rows.
func Export(path, table string, f Format, to string) error {
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
	t := Table{Name: declared.Name, Doc: declared.Doc, Columns: declared.Columns, Meta: map[string]string{fingerprintKey: r.mark}}
	out, err := openFolder(filepath.Dir(to))
	if err != nil {
		return err
	}
	err = out.writeFrom(filepath.Base(to), func(file io.Writer) error {
		return WriteTable(file, f, t, func(w *TableWriter) error {
			for k := 0; k < r.head.Parts(); k += r.head.blocks() {
				if err := r.exportChunk(w, i, k); err != nil {
					return err
				}
			}
			return nil
		})
	})
	return errors.Join(err, out.close())
}

// exportChunk merges the blocks of one chunk of rows, whose first part is k.
func (r *DatasetReader) exportChunk(w *TableWriter, i, k int) error {
	var blocks []*block
	defer func() {
		for _, b := range blocks {
			b.close()
		}
	}()
	for j := range r.head.blocks() {
		b, err := r.openBlock(i, r.head.Part(k+j))
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
		for first.key.before(limit) { // no two blocks have the same key
			if err := first.copyLine(w); err != nil {
				return err
			}
		}
	}
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

// lineKey is what lines are sorted by.
type lineKey struct{ row, replication int64 }

// ended comes after the key of every line.
var ended = lineKey{row: math.MaxInt64}

func (a lineKey) before(b lineKey) bool {
	return a.row < b.row || a.row == b.row && a.replication < b.replication
}

// block is a part being read line by line.
type block struct {
	name string
	part Part
	file *os.File
	in   *cursor
	line int // in in.values
	key  lineKey
}

func (r *DatasetReader) openBlock(i int, p Part) (*block, error) {
	rel := r.rel(i, p)
	file, err := r.folder.root.Open(rel)
	if err != nil {
		return nil, explain("read", r.folder.name(rel), err)
	}
	b := &block{name: r.folder.name(rel), part: p, file: file, line: -1, key: lineKey{-1, -1}}
	f, err := openParquet(file)
	if err == nil {
		b.in, err = f.cursor(nil)
	}
	if err == nil {
		err = matches(f.columns, r.head.Tables[i].Columns)
	}
	if err != nil {
		b.close()
		return nil, fmt.Errorf("%s: %w", b.name, err)
	}
	if err := b.advance(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// matches says how the columns of a file differ from those declared.
func matches(are, declared []Column) error {
	if len(are) != len(declared) {
		return fmt.Errorf("has %d columns instead of %d", len(are), len(declared))
	}
	for i, c := range are {
		if c.Name != declared[i].Name || c.Type != declared[i].Type {
			return fmt.Errorf("column %d is %s, %v, instead of %s, %v", i, c.Name, c.Type, declared[i].Name, declared[i].Type)
		}
	}
	return nil
}

func (b *block) close() {
	if b.in != nil {
		b.in.close()
	}
	_ = b.file.Close() // opened for reading
}

// advance goes to the next line.
func (b *block) advance() error {
	if b.line++; b.line >= b.in.values[0].Len() {
		err := b.in.next(exportBatch)
		if err == io.EOF {
			b.key = ended
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", b.name, err)
		}
		b.line = 0
	}
	key := lineKey{b.in.values[0].Ints[b.line], b.in.values[1].Ints[b.line]}
	if key.before(b.key) || !b.part.contains(key.row, key.replication) {
		return fmt.Errorf("%s: row %d, replication %d is not where it belongs", b.name, key.row, key.replication)
	}
	b.key = key
	return nil
}

// copyLine writes the line and goes to the next.
func (b *block) copyLine(w *TableWriter) error {
	for i := range b.in.values {
		switch v := &b.in.values[i]; v.Type {
		case Int64:
			w.Int(v.Ints[b.line])
		case Text:
			w.Text(v.Texts[b.line])
		case Bool:
			w.Bool(v.Bools[b.line])
		default:
			w.Float(v.Floats[b.line])
		}
	}
	if err := w.EndRow(); err != nil {
		return err
	}
	return b.advance()
}
