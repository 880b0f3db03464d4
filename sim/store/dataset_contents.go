package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
	*folder
	head Head
	raw  []byte // the bytes of the head, as they were read
	mark string // the fingerprint, which every part carries
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
	h, err := decodeHead(f.Path(HeadName), b)
	if err != nil {
		return nil, err
	}
	return &contents{f, *h, b, h.fingerprint()}, nil
}

// IsDataset says whether a directory is a data set.
func IsDataset(path string) bool { return isThere(filepath.Join(path, HeadName)) }

// table is table i as it is kept, part p of it or, without a part, all of it.
func (c *contents) table(i int, p *Part) Table {
	meta := map[string]string{}
	for _, f := range c.head.Facts {
		meta[f.Name] = f.Value
	}
	meta[fingerprintKey], meta[versionKey] = c.mark, c.head.Version
	if p != nil {
		meta[partKey] = p.Name()
	}
	declared := &c.head.Tables[i]
	return Table{Name: declared.Name, Doc: declared.Doc, Columns: declared.Columns, Formats: Parquet, Meta: meta}
}

// rel is the path of a part's file of table i. That of the first table is the
// mark that the part is finished.
func (c *contents) rel(i int, p Part) string {
	return c.head.Tables[i].Name + "/" + p.Name() + Parquet.ending()
}

// files are the paths of all files of the data set when it is complete, without
// the manifest.
func (c *contents) files(yield func(rel string) bool) {
	for _, f := range append([]File{{Path: HeadName}}, c.head.Files...) {
		if !yield(f.Path) {
			return
		}
	}
	for k := range c.head.Parts() {
		for i := range c.head.Tables {
			if !yield(c.rel(i, c.head.Part(k))) {
				return
			}
		}
	}
}

// open opens a part's file of table i and makes sure, by its end, that it is
// one.
func (c *contents) open(i int, p Part) (*parquetFile, error) {
	in, err := c.root.Open(c.rel(i, p))
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
	if !slices.Equal(f.columns, c.head.Tables[i].Columns) {
		return fmt.Errorf("%w: its columns are not those of the data set", errDamaged)
	}
	return nil
}

// survey looks at the parts of a share, file by file, in order. visit is given
// the files of a part, or what is wrong with the first that is not sound; a part
// that nobody has begun isMissing. The folder is read once: the files of a million
// missing parts are not asked for.
func (c *contents) survey(ctx context.Context, s Shard, look func(i int, p Part) (File, error), visit func(k int, p Part, files []File, bad *Mismatch) error) error {
	entries, err := c.list(c.head.Tables[0].Name)
	if err != nil {
		return err
	}
	begun := map[string]bool{}
	for _, e := range entries {
		begun[e.Name()] = true
	}
	for k := range c.head.Parts() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !s.Owns(k) {
			continue
		}
		p := c.head.Part(k)
		var files []File
		bad := &Mismatch{c.rel(0, p), isMissing}
		if begun[p.Name()+Parquet.ending()] {
			files, bad = c.lookAt(p, look)
		}
		if err := visit(k, p, files, bad); err != nil {
			return err
		}
	}
	return nil
}

func (c *contents) lookAt(p Part, look func(i int, p Part) (File, error)) ([]File, *Mismatch) {
	files := make([]File, len(c.head.Tables))
	for i := range files {
		var err error
		if files[i], err = look(i, p); err == nil {
			continue
		}
		problem := reason(err)
		if errors.Is(err, fs.ErrNotExist) {
			if problem = isMissing; i > 0 {
				problem = "is missing, and the part's other files are there"
			}
		}
		return nil, &Mismatch{c.rel(i, p), problem}
	}
	return files, nil
}

// byEnd looks at the end of a part's file of table i, and says how large the file
// is. It does not hash it.
func (c *contents) byEnd(i int, p Part) (File, error) {
	f, err := c.open(i, p)
	if err != nil {
		return File{}, err
	}
	defer func() { _ = f.in.Close() }() // opened for reading
	info, err := f.in.Stat()
	if err != nil {
		return File{}, err
	}
	return File{Path: c.rel(i, p), Bytes: info.Size()}, nil
}

// examine reads all of a part's file of table i. It must be what its own values
// come to when they are written once more: pages have checksums, but what is
// around them has none.
func (c *contents) examine(i int, p Part) (File, error) {
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
	is := again.file(c.rel(i, p))
	if is.differs(c.root) != "" {
		return File{}, fmt.Errorf("%w: it is not as this program writes it", errDamaged)
	}
	return is, nil
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
		entries, err := c.list(t.Name)
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
