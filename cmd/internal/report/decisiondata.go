package report

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"epgsim/sim/decide"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// DecisionFile is the decision as it was decided, beside its scenario.
const DecisionFile = "decision.toml"

// The facts of a decision's data set that are no facts of a sweep.
const (
	FactDecision = "decision_hash"
	FactWorlds   = "worlds"
	FactLuck     = "luck"
	FactMatters  = "matters"
	FactUnknowns = "unknowns"
)

// DecisionHead says what the data set of a decision is of, with so many batches of
// worlds, and the files that it begins with.
func DecisionHead(p *Program, c *decide.Case, batches int) (store.Head, []store.Source) {
	d := c.Decision
	rows, block := c.Shape()
	var require []string
	for _, e := range d.Require {
		require = append(require, e.String())
	}
	head := store.Head{
		Version: p.Version,
		Facts: facts("design", d.Name, FactDecision, d.Hash(), "scenario", d.Scenario.Name, "scenario_hash", d.Scenario.Hash(),
			"model_hash", p.Model, "seed", d.Seed, FactWorlds, d.Worlds, FactLuck, c.Luck, FactUnknowns, strings.Join(c.Names(), ","),
			// What is wanted decides which options meet the later batches.
			"objective", d.Objective.String(), "require", strings.Join(require, "; "), "discount", d.Discount, FactMatters, c.Matters),
		Layout: store.Layout{Rows: c.Rows(), Replications: batches * c.Luck, PartRows: rows, Block: block},
		Tables: []store.PartTable{{Name: TableRuns, Doc: "one row per world of a batch, option and run of luck", Columns: decisionColumns(c)}},
	}
	files := []store.Source{{Path: DecisionFile, Data: d.TOML()}, {Path: ScenarioFile, Data: d.Scenario.TOML()}}
	if c.Worlds != nil { // else it is the plausible ranges that are meant anyway
		files = withWorlds(&head, files, c.Drawing)
	}
	return head, files
}

const (
	columnWorld     = "world"
	columnOption    = "option"
	columnObjective = "objective"
)

func columnMet(k int) string { return fmt.Sprintf("met_%d", k+1) }

func decisionColumns(c *decide.Case) []store.Column {
	d := c.Decision
	columns := append(store.KeyColumns(),
		wholeColumn(columnWorld, "", "number of the world, through all batches: replications beyond the first so many are of worlds of their own"),
		textColumn(columnOption, "the option"))
	for _, q := range d.Levers {
		columns = append(columns, numberColumn(q.Name, q.Unit, "lever of the option: "+q.Doc))
	}
	columns = append(columns, factorColumns("unknown, as drawn for the world: ", c.Unknowns)...)
	columns = append(columns, textColumn(columnReason, "why there is no result; empty where there is one"),
		numberColumn(columnObjective, d.Objective.Unit(), d.Objective.String()+", sales by chance"))
	for k, e := range d.Require {
		columns = append(columns, numberColumn(columnMet(k), "1", "1 where this is met: "+e.String()))
	}
	return append(append(columns, outcomeColumns()...), worthColumns...)
}

// DecisionSink writes the runs of a piece to its part of the data set.
type DecisionSink struct {
	*store.PartWriter
	c      *decide.Case
	table  *store.TableWriter
	levers [][]float64 // of each option
}

// NewDecisionSink writes to a part.
func NewDecisionSink(w *store.PartWriter, c *decide.Case) *DecisionSink {
	s := &DecisionSink{PartWriter: w, c: c, table: w.Table(TableRuns)}
	for i := range c.Decision.Options {
		var values []float64
		for _, q := range c.Decision.Levers {
			values = append(values, q.In(&c.Decision.Options[i].Scenario.Params))
		}
		s.levers = append(s.levers, values)
	}
	return s
}

// Put writes one run.
func (s *DecisionSink) Put(r *decide.Run) error {
	return s.table.Int(int64(r.Row)).Int(int64(r.Replication)).Int(int64(r.World)).Text(s.c.Decision.Options[r.Option].Name).
		Floats(s.levers[r.Option]).Floats(r.Unknowns).Text(r.Reason).Float(r.Objective).Floats(r.Met).
		Floats(r.Outcomes[:]).Float(r.Worth.Alone).Float(r.Worth.Further).Float(r.Worth.Benefit).EndRow()
}

// IsDecision says whether the data set at a path is a decision's.
func IsDecision(path string) bool {
	_, err := os.Stat(filepath.Join(path, DecisionFile))
	return store.IsDataset(path) && err == nil
}

// ReadCase reads what the data set of a decision is of.
func ReadCase(path string) (*decide.Case, store.Head, error) {
	r, err := store.OpenFirst(path, 0)
	if err != nil {
		return nil, store.Head{}, err
	}
	head := r.Head()
	if err := r.Close(); err != nil {
		return nil, head, err
	}
	c, err := caseOf(path, &head)
	if err != nil {
		return nil, head, fmt.Errorf("%s: its decision cannot be read back: %w", path, err)
	}
	return c, head, nil
}

func caseOf(path string, head *store.Head) (*decide.Case, error) {
	d, err := scenario.LoadDecision(filepath.Join(path, DecisionFile), decide.Derived()...)
	if err != nil {
		return nil, err
	}
	worlds, err := worldsOf(path, head)
	if err != nil {
		return nil, err
	}
	from, err := d.Scenario.Drawing(store.HeadName, strings.Split(head.Fact(FactUnknowns), ","), worlds)
	luck, errLuck := strconv.Atoi(head.Fact(FactLuck))
	matters, errMatters := strconv.ParseFloat(head.Fact(FactMatters), 64)
	if err = errors.Join(err, errLuck, errMatters); err != nil {
		return nil, err
	}
	return decide.New(d, from, luck, matters)
}

// ReadSample reads the first so many batches of a decision's data set. A part that
// is not there is an error that is fs.ErrNotExist.
func ReadSample(ctx context.Context, path string, c *decide.Case, batches int) (s *decide.Sample, err error) {
	r, err := store.OpenFirst(path, batches*c.Luck)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	columns := []string{"row", "replication", columnReason, columnObjective}
	for i := range c.Unknowns {
		columns = append(columns, c.Unknowns[i].Parameter.Name)
	}
	for k := range c.Decision.Require {
		columns = append(columns, columnMet(k))
	}
	s = c.NewSample(batches)
	unknowns := len(c.Unknowns)
	run := decide.Run{Unknowns: make([]float64, unknowns), Met: make([]float64, len(c.Decision.Require))}
	return s, r.Each(TableRuns, columns, func(_ store.Part, v []store.Values) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range v[0].Ints {
			run.Row, run.Replication, run.Reason, run.Objective = int(v[0].Ints[i]), int(v[1].Ints[i]), v[2].Texts[i], v[3].Floats[i]
			for k := range run.Unknowns {
				run.Unknowns[k] = v[4+k].Floats[i]
			}
			for k := range run.Met {
				run.Met[k] = v[4+unknowns+k].Floats[i]
			}
			if run.Row < 0 || run.Row >= c.Rows() || run.Replication < 0 || run.Replication >= batches*c.Luck {
				return fmt.Errorf("row %d, replication %d is none of the data set", run.Row, run.Replication)
			}
			s.Add(&run)
		}
		return nil
	})
}
