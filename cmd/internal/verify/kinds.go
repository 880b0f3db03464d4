package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// notOurs says that a directory is none of epgsim's, going by the file that
// could not be read. One of epgsim's that is damaged differs like any other.
func (v *verification) notOurs(err error, file string) error {
	b, _ := os.ReadFile(filepath.Join(v.Dir, file))
	if bytes.Contains(b[:min(len(b), 64)], []byte(`"program": "epgsim`)) {
		return errors.New(strings.ReplaceAll(err.Error(), "\n", ": "))
	}
	return NotOurs{err}
}

// run verifies the directory of a command that leaves a manifest.
func (v *verification) run(ctx context.Context) error {
	m, err := store.ReadManifest(v.Dir)
	if err != nil {
		return v.notOurs(err, store.ManifestName)
	}
	v.title(fmt.Sprintf("%s, %d replications, seed %d", m.Scenario, m.Replications, m.Seed), m.Version, m.ModelHash)
	if v.found, err = m.Verify(ctx, v.Dir); err != nil {
		return err
	}
	v.checks("%s with their hashes", tell.Plural(len(m.Files), "file", "files"))
	if m.Status == store.StatusInterrupted {
		v.partial, v.cut = true, true
		v.leaves("what was to come when the run was interrupted")
	}
	others, err := m.Others(v.Dir)
	if err != nil {
		return err
	}
	for _, name := range others {
		v.leaves("%s, which is not of this run", name)
	}
	recipe := Recipe{As: m}
	if m.Recipe != nil {
		recipe.Words = m.Recipe.Words
	}
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Path)
	}
	made, err := v.remake(ctx, recipe, []string{store.ManifestName}, names)
	switch {
	case err != nil:
		return err
	case made:
		return v.manifest(m)
	}
	return v.formats(ctx, m)
}

// manifest compares what a manifest says with that of what was made again, but
// for the time, and for the place of data that was analysed.
func (v *verification) manifest(m *store.Manifest) error {
	made, err := store.ReadManifest(v.made)
	if err != nil || v.partial {
		return err
	}
	made.GoVersion, made.Command, made.Started, made.Ended, made.Wall, made.Self = m.GoVersion, m.Command, m.Started, m.Ended, m.Wall, m.Self
	made.Recipe.Words[1] = m.Recipe.Words[1]
	if len(v.found) > 0 {
		made.Files = m.Files // files that differ have other hashes
	}
	is, errIs := json.MarshalIndent(m, "", "  ")
	was, errWas := json.MarshalIndent(made, "", "  ")
	problem, err := lineDiffers(bytes.NewReader(is), bytes.NewReader(was))
	if problem != "" {
		v.differs(store.ManifestName, problem)
	}
	return errors.Join(errIs, errWas, err)
}

// formats compares CSV with Parquet where a table has both.
func (v *verification) formats(ctx context.Context, m *store.Manifest) error {
	for _, t := range m.Tables {
		if len(t.Files) != 2 || !v.isFile(t.Files[0]) || !v.isFile(t.Files[1]) {
			continue
		}
		is, was := t.Files[0], t.Files[1]
		if v.changed(was) && !v.changed(is) {
			is, was = was, is
		}
		problem, err := v.firstRow(ctx, is, v.path(was))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			v.differs(was, err.Error())
		case problem != "" && v.changed(is) == v.changed(was): // nobody knows which of them is right
			v.differs(is, problem+" in "+was)
		case problem != "":
			v.differs(is, problem)
		}
		v.checks("%s with %s", t.Files[0], t.Files[1])
	}
	return nil
}

// dataset verifies the data set of a sweep.
func (v *verification) dataset(ctx context.Context) error {
	found, complete, err := store.VerifyDataset(ctx, v.Dir)
	var status *store.Status
	if err == nil {
		status, err = store.ReadStatus(ctx, v.Dir, 1)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return v.notOurs(err, store.HeadName)
	}
	head := &status.Head
	title, words := kindOf(head)
	v.title(title+", seed "+head.Fact("seed"), head.Version, head.Fact("model_hash"))
	v.found, v.partial = found, !complete
	if complete {
		v.checks("%d files with their hashes", 1+len(head.Files)+head.Parts()*len(head.Tables))
	} else {
		v.checks("%s with the hashes of when the sweep began", tell.Plural(len(head.Files), "file", "files"))
		v.leaves("%d of %d parts, which are missing", status.Missing[0], head.Parts())
	}
	inputs := []string{store.ManifestName, store.HeadName}
	for _, f := range head.Files {
		inputs = append(inputs, f.Path)
	}
	there, chosen, names := v.choose(head)
	if complete && len(chosen) == there {
		names = append(names, store.ManifestName)
	}
	made, err := v.remake(ctx, Recipe{
		Words: words,
		As:    &store.Manifest{Version: head.Version, ModelHash: head.Fact("model_hash")},
		Only:  chosen,
	}, inputs, names)
	if made && len(chosen) < there {
		v.leaves("%d of %d parts with what is computed, which --parts leaves out", there-len(chosen), head.Parts())
	}
	return err
}

// factDecision is a fact of the data sets of decisions alone.
const factDecision = "decision_hash"

// kindOf is what a data set is of, in words, and what makes it again, worlds apart.
func kindOf(head *store.Head) (title string, words []string) {
	has := func(fact string) bool { return head.Fact(fact) != "" }
	rows := func(kind string) string {
		return fmt.Sprintf("%s %s, %d rows, %d replications of each", kind, head.Fact("design"), head.Rows, head.Replications)
	}
	switch {
	case has("programme"):
		title = fmt.Sprintf("programme %s, %d applicants, drawn %d times", head.Fact("programme"), head.Rows, head.Replications)
		words = []string{"programme", "programme.toml", fmt.Sprintf("--times=%d", head.Replications), "--simulate-only"}
	case has("targets_hash"):
		title = fmt.Sprintf("calibration %s, %d worlds a wave, %d waves", head.Fact("design"), head.Rows, head.Replications)
		words = []string{"calibrate", "targets.toml", "--simulate-only"}
	case has(factDecision):
		worlds, _ := strconv.Atoi(head.Fact("worlds")) // what is damaged differs
		title = rows("decision")
		words = []string{"decide", "decision.toml", "--data-only", "--replications=" + head.Fact("luck"), "--matters=" + head.Fact("matters"),
			"--unknown=" + head.Fact("unknowns"), fmt.Sprintf("--most=%d", head.Replications/max(1, head.Block)*worlds)}
	default:
		title = rows("sweep")
		words = []string{"sweep", "design.toml", fmt.Sprintf("--replications=%d", head.Replications)}
	}
	switch worlds := head.Fact("worlds_hash"); worlds {
	case "":
		return title, words
	case "plausible":
		words = append(words, "--worlds="+worlds)
	default:
		words = append(words, "--worlds=worlds.csv")
	}
	if !has(factDecision) { // else it has them already
		words = append(words, "--unknown="+head.Fact("unknowns"))
	}
	return title, words
}

// choose says how many parts are there, and which to make again: as many as are
// asked for, evenly spread, and those that are damaged, to find where.
func (v *verification) choose(head *store.Head) (there int, chosen []store.Part, files []string) {
	var all []store.Part
	chosen = []store.Part{} // none is not nil
	file := func(table int, p store.Part) string { return head.Tables[table].Name + "/" + p.Name() + ".parquet" }
	for k := range head.Parts() {
		if p := head.Part(k); v.isFile(file(0, p)) {
			all = append(all, p)
		}
	}
	n := len(all)
	there = n
	if v.Parts > 0 {
		if head.Fact(factDecision) != "" { // its later parts need all that come before
			all = slices.DeleteFunc(all, func(p store.Part) bool { return p.FirstReplication > 0 })
		}
		n = min(len(all), v.Parts)
	}
	for k, p := range all {
		take := (k+1)*n/len(all) > k*n/len(all)
		var of []string
		for i := range head.Tables {
			of = append(of, file(i, p))
		}
		if take || slices.ContainsFunc(of, v.changed) {
			chosen, files = append(chosen, p), append(files, of...)
		}
	}
	return there, chosen, files
}

// ledger verifies a directory without hashes.
func (v *verification) ledger(ctx context.Context) error {
	l := v.Ledger
	v.title(l.Title, l.As.Version, l.As.ModelHash)
	if l.Unknown != "" {
		v.leaves("anything: %s", l.Unknown)
		return nil
	}
	if v.partial = l.Interrupted; v.partial {
		v.leaves("what was to come when the ledger was interrupted")
	}
	made, err := v.remake(ctx, l.Recipe, nil, nil)
	if err != nil || !made {
		return err
	}
	is, errIs := filesIn(v.Dir)
	was, errWas := filesIn(v.made)
	for _, name := range is {
		if !slices.Contains(was, name) {
			v.leaves("%s, which is not of this ledger", name)
		}
	}
	return errors.Join(errIs, errWas)
}

// filesIn lists the files of a directory, but for hidden ones and the manifest,
// which may say when it was written.
func filesIn(dir string) (files []string, err error) {
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && name != store.ManifestName {
			files = append(files, name)
		}
		return err
	})
	return files, err
}
