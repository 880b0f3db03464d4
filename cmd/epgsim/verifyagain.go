package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"time"

	"epgsim/cmd/internal/report"
	"epgsim/sim/experiment"
	"epgsim/sim/store"
)

// remake makes all that is in the directory again, in another place, and
// compares it file by file.
func (v *verification) remake(ctx context.Context, m *store.Manifest) error {
	words, why := v.wordsAgain(m)
	if why != "" {
		v.leaves("anything with what is computed: %s", why)
		return v.compareWith(ctx, m, nil, "")
	}
	scratch, err := os.MkdirTemp("", "epgsim-verify-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	again := filepath.Join(scratch, "again")
	words = append(words, "--out="+again, fmt.Sprintf("--quiet=%v", v.options.quiet), fmt.Sprintf("--workers=%d", v.options.workers))
	// It says of itself what the other says, so that only what is computed can differ.
	a := &app{out: io.Discard, err: v.app.err, args: m.Command[min(1, len(m.Command)):], now: func() time.Time { return m.Started }, as: m}
	root := a.root()
	root.SetArgs(words)
	if err := root.ExecuteContext(ctx); err != nil {
		if experiment.Interrupted(err) {
			return errInterrupted // whatever becomes of what was made again
		}
		return errors.New(v.dir + ": cannot be made again by this program: " + err.Error()) // not a mistake of the user's
	}
	made, err := store.ReadManifest(again)
	if err != nil {
		return err
	}
	return v.compareWith(ctx, m, made, again)
}

// wordsAgain is the command that makes the directory again, or why there is none.
func (v *verification) wordsAgain(m *store.Manifest) (words []string, why string) {
	if why := v.unusable(m); why != "" {
		return nil, why
	}
	words = slices.Clone(m.Recipe.Words)
	of := filepath.Join(v.dir, filepath.FromSlash(words[1]))
	if filepath.IsAbs(words[1]) {
		of = words[1]
	}
	switch verb := words[0]; {
	case verb == "sensitivity" && !store.IsDataset(of):
		return nil, "its data set is not at " + of
	case verb == "sensitivity":
	case slices.Contains([]string{"compare", "run", "explain"}, verb) && words[1] == report.ScenarioFile:
	default:
		return nil, fmt.Sprintf("this program does not know how to %s %s again", verb, words[1])
	}
	words[1] = of
	return words, ""
}

// compareWith compares the directory with what was made again; made is nil
// where nothing could be.
func (v *verification) compareWith(ctx context.Context, m, made *store.Manifest, again string) error {
	complete := made != nil && m.Status == store.StatusComplete
	for i := range m.Tables {
		t := &m.Tables[i]
		if made == nil {
			if err := v.table(ctx, t, nothingKnown{}); err != nil {
				return err
			}
			continue
		}
		k := slices.IndexFunc(made.Tables, func(u store.TableInfo) bool { return u.Name == t.Name })
		if k < 0 {
			v.differs(store.ManifestName, fmt.Sprintf("lists a table %s, which is not made again", t.Name))
			continue
		}
		if slices.ContainsFunc(t.Files, func(path string) bool { return v.changed(path) || sum(m, path) != sum(made, path) }) {
			rows := newRemade(filepath.Join(again, filepath.FromSlash(made.Tables[k].Files[0])), !complete)
			err := v.table(ctx, t, rows)
			rows.stop()
			if err != nil {
				return err
			}
		}
	}
	if !complete {
		return nil
	}
	for _, f := range m.Files {
		if sum(m, f.Path) != sum(made, f.Path) && !v.changed(f.Path) {
			v.differs(f.Path, "is not what is made again")
		}
	}
	for _, f := range made.Files {
		if sum(m, f.Path) == "" {
			v.differs(f.Path, "is made again, but is not listed in "+store.ManifestName)
		}
	}
	v.checks("all of them with what was made again")
	return nil
}

// sum is the hash of a file in a manifest, nothing if it is not listed.
func sum(m *store.Manifest, path string) string {
	for _, f := range m.Files {
		if f.Path == path {
			return f.SHA256
		}
	}
	return ""
}

// remade is the truth of a table that was made again.
type remade struct {
	next    func() (string, error, bool)
	stop    func()
	line    string
	err     error
	ended   bool
	partial bool // there may be fewer rows than were made again
}

func newRemade(path string, partial bool) *remade {
	r := &remade{partial: partial}
	r.next, r.stop = iter.Pull2(store.Lines(path))
	r.advance() // to the header
	r.advance()
	return r
}

func (r *remade) advance() {
	var ok bool
	r.line, r.err, ok = r.next()
	r.ended = !ok
}

func (r *remade) row(string, bool) (want string, known bool, err error) {
	want, err = r.line, r.err
	r.advance()
	return want, true, err
}

func (r *remade) more() bool { return !r.ended && !r.partial }
