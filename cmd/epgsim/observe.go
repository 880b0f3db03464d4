package main

import (
	"context"
	"fmt"
	"path/filepath"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// observed is the data set of a sweep, read for some outcomes.
type observed struct {
	design   *scenario.Design
	head     store.Head
	outcomes []sim.Outcome
	by       []*experiment.Observed // by outcome, sharing the design's part
	failed   failures
}

// readSweep reads the design and some outcomes of a complete data set, by
// what was written with each run. No outcomes are those of the design.
func readSweep(ctx context.Context, path string, outcomes []sim.Outcome) (*observed, error) {
	r, err := store.OpenForReading(path)
	if err != nil {
		return nil, noDataset(err)
	}
	defer r.Close()
	d, err := scenario.LoadDesign(filepath.Join(path, sweepDesign))
	if err != nil {
		return nil, fmt.Errorf("%s: its design cannot be read back: %w", path, err)
	}
	if len(outcomes) == 0 {
		outcomes = d.Outcomes
	}
	o := &observed{design: d, head: r.Head(), outcomes: outcomes}
	// Before there is room made for all rows: a head may say anything.
	s, err := store.ReadStatus(ctx, path, 1)
	switch {
	case err != nil:
		return nil, err
	case len(s.Warnings) > 0:
		return nil, fmt.Errorf("%s; run the sweep again", s.Warnings[0])
	case s.Missing[0] > 0:
		return nil, fmt.Errorf("%s: %d of %d parts are missing; run the sweep again", path, s.Missing[0], s.Head.Parts())
	}
	groups, _ := d.Groups()
	for k := range outcomes {
		o.by = append(o.by, experiment.NewObserved(groups, o.head.Rows, o.head.Replications, len(d.Factors)))
		o.by[k].Places, o.by[k].Values = o.by[0].Places, o.by[0].Values
	}
	columns := []string{"row", "replication", columnBlock, columnRole, columnGroup, columnDelta, columnReason}
	for i := range d.Factors {
		columns = append(columns, d.Factors[i].Parameter.Name)
	}
	for _, k := range outcomes {
		columns = append(columns, k.String())
	}
	return o, r.Each(tableRuns, columns, func(_ store.Part, c []store.Values) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return o.take(c)
	})
}

// take takes in the columns of one part, in the order in which readSweep asks
// for them.
func (o *observed) take(c []store.Values) error {
	first, factors := o.by[0], c[7:7+len(o.design.Factors)]
	for i := range c[0].Ints {
		row, replication := int(c[0].Ints[i]), int(c[1].Ints[i])
		if row < 0 || row >= o.head.Rows || replication < 0 || replication >= o.head.Replications {
			return fmt.Errorf("row %d, replication %d is none of the data set", row, replication)
		}
		first.Places[row] = experiment.Place{Block: int(c[2].Ints[i]), Role: c[3].Texts[i], Group: c[4].Texts[i], Delta: c[5].Floats[i]}
		for f := range factors {
			first.Values[row][f] = factors[f].Floats[i]
		}
		for k := range o.by {
			o.by[k].Runs[row][replication] = c[7+len(factors)+k].Floats[i]
		}
		if reason := c[6].Texts[i]; reason != "" {
			o.failed.add([]failure{{row, replication, reason}})
		}
	}
	return nil
}
