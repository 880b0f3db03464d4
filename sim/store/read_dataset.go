package store

import (
	"fmt"
)

// DatasetReader reads a data set that is complete, or the finished parts of
// one that is not. It may be used while others write.
type DatasetReader struct {
	holding
	partial bool
}

// OpenForReading opens a data set. One that is not complete is refused, unless
// partial says that its finished parts will do. Close it when done.
func OpenForReading(path string, partial bool) (*DatasetReader, error) {
	in, head, raw, err := readFolder(path)
	if err != nil {
		return nil, err
	}
	if !partial && !isCurrent(in, raw) {
		_ = in.close() // opened for reading
		return nil, fmt.Errorf("%s: the data set is not complete; go on with its sweep first", path)
	}
	return &DatasetReader{hold(in, head), partial}, nil
}

// Head is what the data set is of.
func (r *DatasetReader) Head() Head { return r.head.clone() }

// Close ends reading.
func (r *DatasetReader) Close() error { return r.folder.close() }

// Each visits the finished parts in order: all blocks of the first rows, then
// those of the next. It gives the named columns of a table, without names all
// of them; no table is the first one. Parts that the data set is without, when
// it is not complete, are left out.
func (r *DatasetReader) Each(table string, columns []string, visit func(Part, []Values) error) error {
	i, err := r.head.table(table)
	if err != nil {
		return fmt.Errorf("%s: %w", r.folder.root.Name(), err)
	}
	for k := range r.head.Parts() {
		p := r.head.Part(k)
		if !r.has(p) {
			continue
		}
		values, err := r.read(r.rel(i, p), columns)
		if err != nil {
			return err
		}
		if err := visit(p, values); err != nil {
			return err
		}
	}
	return nil
}

// has says whether a part is to be read. In a complete data set all are there:
// should one have gone since, reading it is the error.
func (r *DatasetReader) has(p Part) bool {
	return !r.partial || r.problem(p) == ""
}

func (r *DatasetReader) read(rel string, columns []string) ([]Values, error) {
	in, err := r.folder.root.Open(rel)
	if err != nil {
		return nil, withRemedy(explain("read", r.folder.name(rel), err))
	}
	defer func() { _ = in.Close() }()
	values, err := readColumns(in, columns)
	if err != nil {
		return nil, withRemedy(fmt.Errorf("%s: %w", r.folder.name(rel), err))
	}
	return values, nil
}
