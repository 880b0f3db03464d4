package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/store"
)

// run verifies the directory of a command that leaves a manifest.
func (v *verification) run(ctx context.Context) error {
	m, err := store.ReadManifest(v.dir)
	if err != nil {
		return v.notOurs(err, store.ManifestName)
	}
	fmt.Fprintf(v.app.out, "%s: %s, %d replications, seed %d, made by epgsim %s\n", v.dir, m.Scenario, m.Replications, m.Seed, m.Version)
	if err := v.model(m.ModelHash); err != nil {
		return err
	}
	found, err := m.Verify(ctx, v.dir)
	if err != nil {
		return err
	}
	for _, f := range found {
		v.differs(f.Path, f.Problem)
	}
	v.checks("%s with their hashes", tell.Plural(len(m.Files), "file", "files"))
	if m.Status == store.StatusInterrupted {
		v.leaves("what was to come when the run was interrupted")
	}
	others, err := m.Others(v.dir)
	if err != nil {
		return err
	}
	for _, name := range others {
		v.leaves("%s, which is not of this run", name)
	}
	if v.options.all {
		return v.remake(ctx, m)
	}
	return v.sample(ctx, m)
}

// keyColumnsOf is how many columns of a table say what a row is.
func keyColumnsOf(table string) int {
	if n, ok := map[string]int{"weekly": 4, "explanation": 2, "indices": 5}[table]; ok {
		return n
	}
	return len(report.KeyColumns(store.Column{Name: "replication"}))
}

// sample compares the tables' files with each other and with some runs that
// are computed again.
func (v *verification) sample(ctx context.Context, m *store.Manifest) error {
	j, why := v.job(ctx, m)
	var unknown, again []string // tables not compared with what is computed, and compared
	runs := 0
	for i := range m.Tables {
		t := &m.Tables[i]
		var rows truth = nothingKnown{}
		r := j.truth(t.Name)
		if r == nil {
			unknown = append(unknown, t.Name)
		} else {
			rows = r
			r.again = spread(v.options.rows, r.runs)
			if !slices.ContainsFunc(t.Files, func(path string) bool { return !v.changed(path) }) {
				r.again = spread(r.runs, r.runs) // to find where it was changed
			}
		}
		if err := v.table(ctx, t, rows); err != nil {
			return err
		}
		if r != nil && r.done > 0 {
			again, runs = append(again, t.Name), max(runs, r.done)
		}
	}
	if runs > 0 {
		v.checks("%s with %d of %d runs, computed again", strings.Join(again, " and "), runs, len(m.Arms)*m.Replications)
	}
	if why == "" {
		why = "--all does"
	}
	v.leaves("%s with what is computed: %s", strings.Join(append(unknown, "figures and report"), ", "), why)
	return nil
}

// table compares the files of a table with each other and with a truth.
func (v *verification) table(ctx context.Context, t *store.TableInfo, rows truth) error {
	var names, paths []string
	for _, c := range t.Columns {
		names = append(names, c.Name)
	}
	for _, path := range t.Files {
		if filepath.IsLocal(filepath.FromSlash(path)) && isFile(filepath.Join(v.dir, filepath.FromSlash(path))) {
			paths = append(paths, path)
		}
	}
	n, err := v.rows(ctx, paths, strings.Join(names, ","), keyColumnsOf(t.Name), rows)
	if err != nil {
		return err
	}
	if len(paths) > 1 {
		v.checks("%s with each other, %d rows", strings.Join(paths, " and "), n)
	}
	if !slices.ContainsFunc(t.Files, v.changed) && int64(n) != t.Rows && len(paths) > 0 {
		v.differs(paths[0], fmt.Sprintf("has %d rows, and %s says %d", n, store.ManifestName, t.Rows))
	}
	return nil
}
