package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Keys of the metadata by which a file says whose it is, beside the head's facts.
const (
	fingerprintKey = "epgsim.dataset"
	partKey        = "epgsim.part"
	versionKey     = "epgsim_version" // that created the data set, as in the tables of a run
)

// contents is the directory of a data set and what should be in it. Its methods
// change nothing.
type contents struct {
	folder *folder
	head   Head
	raw    []byte // the bytes of the head, as they were read
	mark   string // the fingerprint, which every part carries
}

// openContents opens a data set.
func openContents(path string) (*contents, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, fmt.Errorf("%s: %w", path, ErrNoDataset)
	}
	f, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	c, err := readContents(f)
	if err != nil {
		return nil, errors.Join(err, f.close())
	}
	return c, nil
}

// readContents reads the head in a folder.
func readContents(f *folder) (*contents, error) {
	b, err := f.read(HeadName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", f.root.Name(), ErrNoDataset)
	}
	if err != nil {
		return nil, err
	}
	h, err := decodeHead(f.name(HeadName), b)
	if err != nil {
		return nil, err
	}
	return &contents{f, *h, b, h.fingerprint()}, nil
}

// IsDataset says whether a directory is a data set.
func IsDataset(path string) bool {
	root, err := os.OpenRoot(path)
	if err != nil {
		return false
	}
	defer func() { _ = root.Close() }() // opened for reading
	_, err = root.Stat(HeadName)
	return err == nil
}

// meta is what a Parquet file of the data set says of itself.
func (c *contents) meta() map[string]string {
	m := map[string]string{}
	for _, f := range c.head.Facts {
		m[f.Name] = f.Value
	}
	m[fingerprintKey], m[versionKey] = c.mark, c.head.Version
	return m
}

// table is table i as it is kept, part p of it or, without a part, all of it.
func (c *contents) table(i int, p *Part) Table {
	declared, meta := &c.head.Tables[i], c.meta()
	if p != nil {
		meta[partKey] = p.Name()
	}
	return Table{Name: declared.Name, Doc: declared.Doc, Columns: declared.Columns, Formats: Parquet, Meta: meta}
}

// rel is the path of a part's file of table i. That of the first table is the
// mark that the part is finished.
func (c *contents) rel(i int, p Part) string {
	return c.head.Tables[i].Name + "/" + p.Name() + Parquet.ending()
}

// open opens a part's file of table i and makes sure, by its end, that it is
// one.
func (c *contents) open(i int, p Part) (*parquetFile, error) {
	in, err := c.folder.root.Open(c.rel(i, p))
	if err != nil {
		return nil, err
	}
	f, err := openParquet(in)
	if err == nil {
		err = c.check(f, i, p)
	}
	if err != nil {
		return nil, errors.Join(err, in.Close())
	}
	return f, nil
}

// check says why a file is not a part's file of table i.
func (c *contents) check(f *parquetFile, i int, p Part) error {
	if mark, _ := f.file.Lookup(fingerprintKey); mark != c.mark {
		return errors.New("is a part of another data set")
	}
	if name, _ := f.file.Lookup(partKey); name != p.Name() {
		return fmt.Errorf("is another part: %q", name)
	}
	if rows := f.file.NumRows(); i == 0 && rows != int64(p.Runs()) {
		return fmt.Errorf("has %d rows instead of %d", rows, p.Runs())
	}
	declared := c.head.Tables[i].Columns
	if len(f.columns) != len(declared) {
		return fmt.Errorf("%w: %d columns instead of %d", errDamaged, len(f.columns), len(declared))
	}
	for k, is := range f.columns {
		if is != declared[k] {
			return fmt.Errorf("%w: column %d is %s, %v, instead of %s, %v, or of another unit or meaning", errDamaged, k, is.Name, is.Type, declared[k].Name, declared[k].Type)
		}
	}
	return nil
}

// mismatch is what an error says of a part's file of table i.
func (c *contents) mismatch(i int, p Part, err error) *Mismatch {
	problem := reason(err)
	if errors.Is(err, fs.ErrNotExist) {
		if problem = isMissing; i > 0 {
			problem = "is missing, and the part's other files are there"
		}
	}
	return &Mismatch{c.rel(i, p), problem}
}

// problem says why a part is not finished, as far as the ends of its files
// tell; nil if it is. A part that nobody has begun isMissing.
func (c *contents) problem(p Part) *Mismatch {
	for i := range c.head.Tables {
		f, err := c.open(i, p)
		if err != nil {
			return c.mismatch(i, p, err)
		}
		_ = f.in.Close() // opened for reading
	}
	return nil
}

// survey visits all parts of a share with their problems, in order. The folder
// is read once: the files of a million missing parts are not asked for.
func (c *contents) survey(ctx context.Context, s Shard, visit func(k int, p Part, bad *Mismatch) error) error {
	entries, err := c.folder.list(c.head.Tables[0].Name)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Name()] = true
	}
	for k := range c.head.Parts() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !s.Owns(k) {
			continue
		}
		p := c.head.Part(k)
		bad := &Mismatch{c.rel(0, p), isMissing}
		if there[p.Name()+Parquet.ending()] {
			bad = c.problem(p)
		}
		if err := visit(k, p, bad); err != nil {
			return err
		}
	}
	return nil
}

// unfinished counts the parts of a share that are not finished.
func (c *contents) unfinished(ctx context.Context, s Shard) (n int, err error) {
	err = c.survey(ctx, s, func(_ int, _ Part, bad *Mismatch) error {
		if bad != nil {
			n++
		}
		return nil
	})
	return n, err
}

// examine reads all of a part. It returns what its files are, or the first that
// is not sound. A file is sound if it is as known, or, when it is not known, what
// its own values come to when they are written: pages have checksums, but what
// is around them has none.
func (c *contents) examine(p Part, known map[string]File) ([]File, *Mismatch) {
	files := make([]File, len(c.head.Tables))
	for i := range files {
		f, ok := known[c.rel(i, p)]
		if ok {
			if problem := f.differs(c.folder.root); problem != "" {
				return nil, &Mismatch{f.Path, problem}
			}
			files[i] = f
			continue
		}
		var err error
		if files[i], err = c.again(i, p); err != nil {
			return nil, c.mismatch(i, p, err)
		}
	}
	return files, nil
}

// again writes the values of a part's file once more and compares.
func (c *contents) again(i int, p Part) (File, error) {
	f, err := c.open(i, p)
	if err != nil {
		return File{}, err
	}
	defer func() { _ = f.in.Close() }() // opened for reading
	again := newSummer()
	err = WriteTable(&again, Parquet, c.table(i, &p), func(w *TableWriter) error { return f.copyLines(w, p) })
	if err != nil {
		return File{}, err
	}
	rel := c.rel(i, p)
	is, err := fileOf(c.folder.root, rel)
	if err == nil && is != again.file(rel) {
		err = fmt.Errorf("%w: it is not as this program writes it", errDamaged)
	}
	return is, err
}

// copyLines writes the lines of a part's file, which must be lines of the part
// and sorted by row and replication.
func (f *parquetFile) copyLines(w *TableWriter, p Part) error {
	var row, replication int64
	return f.each(nil, func(columns []Values) error {
		for i, r := range columns[0].Ints {
			n := columns[1].Ints[i]
			if r < row || r == row && n < replication || !p.contains(r, n) {
				return fmt.Errorf("%w: row %d, replication %d is not where it belongs", errDamaged, r, n)
			}
			row, replication = r, n
		}
		return w.writeRows(columns)
	})
}

// others lists what is in the folders of the tables and no part of the layout:
// what is none of the data set, and what an extension has superseded.
func (c *contents) others() (strangers, superseded []string, err error) {
	for _, t := range c.head.Tables {
		entries, err := c.folder.list(t.Name)
		if err != nil {
			return nil, nil, err
		}
		for _, e := range entries {
			rel := t.Name + "/" + e.Name()
			name, ending := strings.CutSuffix(e.Name(), Parquet.ending())
			p, ok := parsePart(name)
			_, now := c.head.index(p)
			switch {
			case isTemp(e.Name()), ending && ok && now:
			case ending && ok && c.head.supersedes(p):
				superseded = append(superseded, rel)
			default:
				strangers = append(strangers, rel)
			}
		}
	}
	return strangers, superseded, nil
}
