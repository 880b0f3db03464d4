package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
)

// blockBatch is how many lines of a block are held.
const blockBatch = 256

// lineKey is what lines are sorted by.
type lineKey struct{ row, replication int64 }

// ended comes after the key of every line.
var ended = lineKey{row: math.MaxInt64}

func (a lineKey) before(b lineKey) bool {
	return a.row < b.row || a.row == b.row && a.replication < b.replication
}

// block is the file of a part being read line by line.
type block struct {
	name string // for messages
	part Part
	file *os.File
	in   *cursor
	line int // in in.values
	key  lineKey
}

// openBlock begins to read a file that must have the columns given, and lines
// of the part alone. It takes the file over.
func openBlock(file *os.File, columns []Column, p Part) (*block, error) {
	b := &block{part: p, file: file, line: -1, key: lineKey{-1, -1}}
	f, err := openParquet(file)
	if err == nil {
		err = matches(f.columns, columns)
	}
	if err == nil {
		b.in, err = f.cursor(nil)
	}
	if err == nil {
		err = b.advance()
	}
	if err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

// matches says how the columns of a file differ from those declared.
func matches(are, declared []Column) error {
	if len(are) != len(declared) {
		return fmt.Errorf("%w: %d columns instead of %d", errDamaged, len(are), len(declared))
	}
	for i, c := range are {
		if c != declared[i] {
			return fmt.Errorf("%w: column %d is %s, %v, instead of %s, %v, or of another unit or meaning", errDamaged, i, c.Name, c.Type, declared[i].Name, declared[i].Type)
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

// advance goes to the next line; at the end its key is ended.
func (b *block) advance() error {
	if b.line++; b.line >= b.in.values[0].Len() {
		err := b.in.next(blockBatch)
		if err == io.EOF {
			b.key = ended
			return nil
		}
		if err != nil {
			return err
		}
		b.line = 0
	}
	key := lineKey{b.in.values[0].Ints[b.line], b.in.values[1].Ints[b.line]}
	if key.before(b.key) || !b.part.contains(key.row, key.replication) {
		return fmt.Errorf("%w: row %d, replication %d is not where it belongs", errDamaged, key.row, key.replication)
	}
	b.key = key
	return nil
}

// copyLine writes the line.
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
	return w.EndRow()
}

// copyLines writes all lines.
func (b *block) copyLines(w *TableWriter) error {
	for b.key != ended {
		if err := b.copyLine(w); err != nil {
			return err
		}
		if err := b.advance(); err != nil {
			return err
		}
	}
	return nil
}

// withRemedy says what to do about a file of a data set that has gone bad. The
// error names the file.
func withRemedy(err error) error {
	switch {
	case errors.Is(err, errDamaged):
		return fmt.Errorf("%w; remove this file and run the sweep again", err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%w; run the sweep again", err)
	}
	return err
}
