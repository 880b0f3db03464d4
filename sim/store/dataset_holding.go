package store

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// isMissing is the problem of a file that is not there.
const isMissing = "is missing"

// Keys of the metadata by which a file says whose it is, beside the head's facts.
const (
	fingerprintKey = "epgsim.dataset"
	partKey        = "epgsim.part"
	versionKey     = "epgsim_version" // that created the data set, as in the tables of a run
)

// holding is the directory of a data set and what should be in it. It changes nothing.
type holding struct {
	folder *folder
	head   Head
	mark   string // the fingerprint, in every part
}

func hold(in *folder, h *Head) holding { return holding{in, h.clone(), h.fingerprint()} }

// meta is what a Parquet file of the data set says of itself.
func (h *holding) meta() map[string]string {
	m := map[string]string{}
	for _, f := range h.head.Facts {
		m[f.Name] = f.Value
	}
	m[fingerprintKey], m[versionKey] = h.mark, h.head.Version
	return m
}

// rel is the path of a part's file of table i.
func (h *holding) rel(i int, p Part) string {
	return h.head.Tables[i].Name + "/" + p.Name() + ".parquet"
}

// problem says why a part is not finished: isMissing, or what is wrong with
// it; nothing if it is. Of the files only the ends are read.
func (h *holding) problem(p Part) string {
	for i := range h.head.Tables {
		problem := h.fileProblem(i, p)
		if problem != "" {
			if i > 0 && problem == isMissing { // while its mark is there
				problem = h.rel(i, p) + " " + isMissing
			}
			return problem
		}
	}
	return ""
}

// quick is problem of any part, for all of them: the folder is read once, and
// nobody asks for the files of a million parts that are missing.
func (h *holding) quick() (func(Part) string, error) {
	name := h.head.Tables[0].Name
	entries, err := fs.ReadDir(h.folder.root.FS(), name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, explain("read", h.folder.name(name), err)
	}
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Name()] = true
	}
	return func(p Part) string {
		if !there[p.Name()+".parquet"] {
			return isMissing
		}
		return h.problem(p)
	}, nil
}

func (h *holding) fileProblem(i int, p Part) string {
	in, err := h.folder.root.Open(h.rel(i, p))
	if errors.Is(err, fs.ErrNotExist) {
		return isMissing
	}
	if err != nil {
		return "cannot be opened: " + reason(err)
	}
	defer func() { _ = in.Close() }()
	f, err := openParquet(in)
	if err != nil {
		return reason(err)
	}
	if mark, _ := f.file.Lookup(fingerprintKey); mark != h.mark {
		return "is a part of another data set"
	}
	if name, _ := f.file.Lookup(partKey); name != p.Name() {
		return fmt.Sprintf("is another part: %q", name)
	}
	if rows := f.file.NumRows(); i == 0 && rows != int64(p.Runs()) {
		return fmt.Sprintf("has %d rows instead of %d", rows, p.Runs())
	}
	return ""
}

// others lists what is in the folders of the tables and no part of the layout:
// what is none of the data set, and what an extension has superseded.
func (h *holding) others() (strangers, superseded []string, err error) {
	for _, t := range h.head.Tables {
		entries, err := fs.ReadDir(h.folder.root.FS(), t.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, nil, explain("read", h.folder.name(t.Name), err)
		}
		for _, e := range entries {
			rel := t.Name + "/" + e.Name()
			name, ending := strings.CutSuffix(e.Name(), ".parquet")
			p, ok := parsePart(name)
			_, now := h.head.index(p)
			switch {
			case isTemp(e.Name()), ending && ok && now:
			case ending && ok && h.head.supersedes(p):
				superseded = append(superseded, rel)
			default:
				strangers = append(strangers, rel)
			}
		}
	}
	return strangers, superseded, nil
}
