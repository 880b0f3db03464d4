package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"epgsim/cmd/internal/report"
	"epgsim/cmd/internal/tell"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// sweep verifies the data set of a sweep.
func (v *verification) sweep(ctx context.Context) error {
	found, complete, err := store.VerifyDataset(ctx, v.dir)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return v.notOurs(err, store.HeadName)
	}
	status, err := store.ReadStatus(ctx, v.dir, 1)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return v.notOurs(err, store.HeadName)
	}
	head := &status.Head
	fmt.Fprintf(v.app.out, "%s: sweep %s, %d rows, %d replications of each, seed %s, made by epgsim %s\n",
		v.dir, head.Fact("design"), head.Rows, head.Replications, head.Fact("seed"), head.Version)
	if err := v.model(head.Fact("model_hash")); err != nil {
		return err
	}
	for _, f := range found {
		v.differs(f.Path, f.Problem)
	}
	if complete {
		v.checks("%d files with their hashes", 1+len(head.Files)+head.Parts()*len(head.Tables))
	} else {
		v.checks("%s with the hashes of when the sweep began", tell.Plural(len(head.Files), "file", "files"))
		v.leaves("%d of %d parts, which are missing", status.Missing[0], head.Parts())
	}
	s, why := v.design(head)
	if why != "" {
		v.leaves("runs with what is computed: %s", why)
		return nil
	}
	return v.parts(ctx, head, s)
}

// design reads how the runs of a data set were made, or says why it cannot.
func (v *verification) design(head *store.Head) (s *experiment.Sweep, why string) {
	for _, name := range []string{store.ManifestName, store.HeadName, report.DesignFile, report.ScenarioFile} {
		if v.changed(name) {
			return nil, name + " is not as it was"
		}
	}
	d, err := scenario.LoadDesign(filepath.Join(v.dir, report.DesignFile))
	if err == nil {
		s, err = experiment.NewSweep(d)
	}
	if err != nil {
		return nil, "this program does not take the design: " + err.Error()
	}
	now, _, err := v.app.sweepHead(s, head.Replications)
	if err != nil {
		return nil, err.Error()
	}
	for _, f := range now.Facts {
		if was := head.Fact(f.Name); was != f.Value && f.Name != "model_hash" {
			v.differs(store.HeadName, fmt.Sprintf("says %s %s, and %s says %s", f.Name, was, report.DesignFile, f.Value))
			return nil, store.HeadName + " is of another design"
		}
	}
	if now.Rows != head.Rows || !slices.EqualFunc(now.Tables, head.Tables, sameColumns) {
		return nil, "this program makes other rows or columns of the design"
	}
	return s, ""
}

func sameColumns(a, b store.PartTable) bool {
	return a.Name == b.Name && slices.EqualFunc(a.Columns, b.Columns, func(a, b store.Column) bool { return a.Name == b.Name })
}

// parts computes runs of the parts again and compares them.
func (v *verification) parts(ctx context.Context, head *store.Head, s *experiment.Sweep) error {
	again := spread(v.options.rows, head.Runs())
	if v.options.all {
		again = func(int) bool { return true }
	}
	first, done := 0, 0 // run of the part; runs computed
	for k := range head.Parts() {
		p := partCheck{v: v, sweep: s, head: head, part: head.Part(k)}
		damaged := false // then all are computed, to find where
		for i := range head.Tables {
			damaged = damaged || v.changed(p.path(i))
		}
		for run := range p.part.Runs() {
			if again(first+run) || damaged {
				p.runs = append(p.runs, run)
			}
		}
		first += p.part.Runs()
		if len(p.runs) == 0 || !isFile(filepath.Join(v.dir, filepath.FromSlash(p.path(0)))) {
			continue
		}
		if err := p.compare(ctx); err != nil {
			return err
		}
		done += len(p.runs)
	}
	v.checks("%d of %d runs, computed again", done, head.Runs())
	if done < head.Runs() {
		v.leaves("the other runs with what is computed, which --all does")
	}
	return nil
}

// partCheck compares a part of a data set with what is computed.
type partCheck struct {
	v     *verification
	sweep *experiment.Sweep
	head  *store.Head
	part  store.Part
	runs  []int // of the part's runs, row by row, those that are computed

	mu    sync.Mutex
	lines map[int][][]string // of each run the rows, by table
}

// path is that of the part's file of a table, below the directory.
func (p *partCheck) path(table int) string {
	return p.head.Tables[table].Name + "/" + p.part.Name() + ".parquet"
}

// at says which run of the sweep is run k of the part.
func (p *partCheck) at(k int) (row, replication int) {
	return p.part.FirstRow + k/p.part.Replications, p.part.FirstReplication + k%p.part.Replications
}

func (p *partCheck) compare(ctx context.Context) error {
	if err := p.compute(ctx, p.runs); err != nil {
		return err
	}
	for i, t := range p.head.Tables {
		var names []string
		for _, c := range t.Columns {
			names = append(names, c.Name)
		}
		keys := len(store.KeyColumns())
		truth := &recomputed{
			keys: keys, runs: p.part.Runs(), run: -1,
			again: func(run int) bool { return p.lines[run] != nil },
			name: func(run int) string {
				row, replication := p.at(run)
				return fmt.Sprintf("%d,%d", row, replication)
			},
			compute: func(run int) ([]string, error) {
				if p.lines[run] == nil {
					if err := p.compute(ctx, []int{run}); err != nil {
						return nil, err
					}
				}
				return p.lines[run][i], nil
			},
		}
		if _, err := p.v.rows(ctx, []string{p.path(i)}, strings.Join(names, ","), keys, truth); err != nil {
			return err
		}
	}
	return nil
}

// compute runs some runs of the part and keeps their rows.
func (p *partCheck) compute(ctx context.Context, runs []int) error {
	if p.lines == nil {
		p.lines = map[int][][]string{}
	}
	return p.sweep.Run(ctx, p.v.options.workers, func() (piece experiment.Piece, ok bool) {
		if ok = len(runs) > 0; ok {
			row, replication := p.at(runs[0])
			piece = experiment.Piece{FirstRow: row, Rows: 1, FirstReplication: replication, Replications: 1}
			runs = runs[1:]
		}
		return piece, ok
	}, func(experiment.Piece) (experiment.Sink, error) { return p, nil }, func(experiment.Piece) {})
}

// Put takes the rows of a run.
func (p *partCheck) Put(r *experiment.SweepRun) error {
	var tables []store.Table
	for _, t := range report.SweepTables(p.sweep) {
		tables = append(tables, store.Table{Name: t.Name, Columns: t.Columns})
	}
	lines, err := linesOf(tables, func(w []*store.TableWriter) error {
		var series *store.TableWriter
		if len(w) > 1 {
			series = w[1]
		}
		return report.SinkInto(w[0], series, p.sweep, &report.Failures{}).Put(r)
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines[(r.Row-p.part.FirstRow)*p.part.Replications+r.Replication-p.part.FirstReplication] = lines
	return err
}

// Close and Abort have nothing to do: every row was taken when it came.
func (*partCheck) Close() error { return nil }
func (*partCheck) Abort()       {}
