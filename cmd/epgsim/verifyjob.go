package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"epgsim/cmd/internal/report"
	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// unusable says why the manifest and the scenario cannot be gone by; nothing
// when they can.
func (v *verification) unusable(m *store.Manifest) string {
	switch {
	case m.Recipe == nil || len(m.Recipe.Words) < 2:
		return fmt.Sprintf("epgsim %s did not note how it was made", m.Version)
	case v.changed(store.ManifestName):
		return store.ManifestName + ", which says how, is not as it was"
	case v.changed(report.ScenarioFile):
		return report.ScenarioFile + " is not as it was"
	}
	return ""
}

// job is the comparison, or run of one scenario, that made a directory: any
// of its runs can be run again.
type job struct {
	ctx      context.Context
	manifest *store.Manifest
	arms     []experiment.Arm
	keys     []string             // of the arms: how their rows begin
	variants []experiment.Variant // of the arms
	years    []float64            // of the arms
	out      *report.RunTables    // writes rows
}

// job reads how the rows were made, or says why they cannot be made again one
// by one.
func (v *verification) job(ctx context.Context, m *store.Manifest) (j *job, why string) {
	if why := v.unusable(m); why != "" {
		return nil, why
	}
	if verb := m.Recipe.Words[0]; verb != "compare" && verb != "run" {
		return nil, "every number rests on all runs, which --all runs again"
	}
	s, err := scenario.Load(filepath.Join(v.dir, report.ScenarioFile))
	if err != nil {
		return nil, "this program does not take the scenario: " + err.Error()
	}
	if s.Hash() != m.ScenarioHash {
		v.differs(report.ScenarioFile, "is not the scenario that "+store.ManifestName+" names")
		return nil, report.ScenarioFile + " is another"
	}
	var variants []experiment.Variant
	for _, r := range m.Recipe.Variants {
		c := s.Clone()
		for _, setting := range r.Settings {
			key, value, _ := strings.Cut(setting, "=")
			if err := c.Set(key, value); err != nil {
				return nil, fmt.Sprintf("this program does not take the variant %s: %v", r.Key, err)
			}
		}
		variants = append(variants, experiment.Variant{Key: r.Key, Params: c.Frozen()})
	}
	p := s.Frozen()
	for _, y := range m.Recipe.Periods {
		if !sim.Lookup("project.years").Valid(y) || y+p.Project.FollowUp > sim.MaxYears {
			return nil, fmt.Sprintf("this program does not run projects of %g years", y)
		}
	}
	if len(variants) == 0 || len(m.Recipe.Periods) == 0 {
		return nil, store.ManifestName + " names no variant or no project period"
	}
	return newJob(ctx, m, s, variants), ""
}

func newJob(ctx context.Context, m *store.Manifest, s *scenario.Scenario, variants []experiment.Variant) *job {
	p := s.Frozen()
	c := experiment.NewComparison(variants, m.Recipe.Periods, ownYears(p, m.Recipe.Periods), experiment.Plan{})
	j := &job{ctx: ctx, manifest: m, arms: c.Arms(), out: &report.RunTables{Kept: m.Recipe.Series, Years: report.YearsOf(s, c)}}
	for k := range j.arms {
		j.variants = append(j.variants, variants[k/len(c.Years)])
		j.years = append(j.years, c.Years[k%len(c.Years)])
		lines, err := linesOf([]store.Table{{Columns: report.KeyColumns()}}, func(w []*store.TableWriter) error {
			return w[0].Text(j.variants[k].Key).Float(j.years[k]).EndRow()
		})
		if err != nil {
			panic(err) // a row of two columns, into memory
		}
		j.keys = append(j.keys, lines[0][0])
	}
	return j
}

// truth is what a table's rows should be; nil where they do not come run by run.
func (j *job) truth(table string) *recomputed {
	if j == nil {
		return nil
	}
	tables := []string{"replications", "smes", "series"}
	which := slices.Index(tables, table)
	var arms []int
	n := j.manifest.Replications
	for k := range j.arms {
		if table != "series" || j.arms[k].Record {
			arms = append(arms, k)
		}
	}
	if table == "series" {
		n = j.manifest.Recipe.Series
	}
	if which < 0 {
		return nil
	}
	return &recomputed{
		keys: keyColumnsOf(table), runs: n * len(arms), run: -1, partial: j.manifest.Status == store.StatusInterrupted,
		name: func(run int) string { return j.keys[arms[run/n]] + "," + strconv.Itoa(run%n) },
		compute: func(run int) ([]string, error) {
			lines, err := j.lines(arms[run/n], run%n)
			if err != nil {
				return nil, err
			}
			return lines[which], nil
		},
	}
}

// lines runs one replication of an arm and gives the rows it makes of the
// tables replications, smes and series.
func (j *job) lines(arm, replication int) (lines [][]string, err error) {
	plan := experiment.Plan{Seed: j.manifest.Seed, First: replication, Replications: 1}
	err = experiment.Run(j.ctx, j.arms[arm:arm+1], plan, func(r experiment.Row) error {
		replications, smes, series := report.TablesOfRuns(j.out.Years)
		lines, err = linesOf([]store.Table{replications, smes, series}, func(w []*store.TableWriter) error {
			j.out.Replications, j.out.SMEs, j.out.Series = w[0], w[1], w[2]
			return j.out.Put(j.variants[arm], j.years[arm], r)
		})
		return err
	})
	return lines, err
}
