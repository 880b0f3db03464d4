package report

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"epgsim/sim"
	"epgsim/sim/experiment"
	"epgsim/sim/programme"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// TableGroups is the table of a programme's data set beside TableRuns.
const TableGroups = "groups"

// programmeFiles are a programme and the scenarios of its kinds of applicants.
func programmeFiles(p *scenario.Programme) []store.Source {
	files := []store.Source{{Path: ProgrammeFile, Data: p.TOML()}}
	for i := range p.Pool {
		files = append(files, store.Source{Path: scenario.PoolFile(i), Data: p.Pool[i].Scenario.TOML()})
	}
	return files
}

// ProgrammeHead says what the data set of a programme is of, and the files that it
// begins with. A row is an applicant, a replication is a draw.
func ProgrammeHead(p *Program, s *programme.Study) (store.Head, []store.Source) {
	of := s.Programme
	rows, block := s.Shape()
	head := store.Head{
		Version: p.Version,
		Facts:   facts("programme", of.Name, "programme_hash", of.Hash(), "model_hash", p.Model, "seed", of.Seed),
		Layout:  store.Layout{Rows: of.Applicants, Replications: of.Times, PartRows: rows, Block: block},
		Tables:  programmeTables(s),
	}
	files := withWorlds(&head, programmeFiles(of), s.Worlds)
	return head, files
}

// differing are the parameters in which applicants of any kind differ, or draws, by
// name.
func differing(s *programme.Study) (all []*sim.Parameter) {
	p := s.Programme
	if s.Worlds != nil {
		for i := range s.Worlds.Unknowns {
			all = append(all, s.Worlds.Unknowns[i].Parameter)
		}
	}
	for i := range p.Pool {
		for k := range p.Pool[i].Vary {
			if q := p.Pool[i].Vary[k].Parameter; !slices.Contains(all, q) {
				all = append(all, q)
			}
		}
	}
	slices.SortFunc(all, func(a, b *sim.Parameter) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// applicationColumns are what is true of an applicant before its first week, as
// applicationOf gives it.
var applicationColumns = []store.Column{
	numberColumn("applied_technology", "1", scenario.SeenTechnology.Doc()),
	numberColumn("applied_complementarity", "1", scenario.SeenComplementarity.Doc()),
	numberColumn("applied_experience", "1", scenario.SeenExperience.Doc()),
	numberColumn("applied_prior_ties", "1", scenario.SeenPriorTies.Doc()),
	numberColumn("applied_hours", "h/week", scenario.SeenHours.Doc()),
	numberColumn("applied_size", "SMEs", scenario.SeenSize.Doc()),
	numberColumn("applied_markets", "markets", scenario.SeenMarkets.Doc()),
	numberColumn("applied_distance", "1", scenario.SeenDistance.Doc()),
	numberColumn("yearly_cost", "k€", "what the group as it applies costs a year, public and private, while all members are active"),
}

func applicationOf(a *sim.Application) []float64 {
	return []float64{a.Technology, a.Complementarity, a.Experience, a.PriorTies, a.Hours, float64(a.SMEs), float64(a.Markets), a.Distance, a.YearlyCost}
}

// privateColumn and worthColumns are what a programme knows of a group beside the
// model's outcomes.
var privateColumn = numberColumn("private_cost_project", "k€", "what the SMEs had paid by the end of the project, without their hours")

// programmeTables declares what is kept: of every applicant what it is, and of every
// treatment that some policy may give it, all outcomes.
func programmeTables(s *programme.Study) []store.PartTable {
	applicants := append(store.KeyColumns(), textColumn("kind", "scenario of its kind"))
	for _, q := range differing(s) {
		applicants = append(applicants, numberColumn(q.Name, q.Unit, "of the applicant: "+q.Doc))
	}
	applicants = append(append(applicants, applicationColumns...),
		wholeColumn("treatments", "", "lines in table groups"),
		textColumn(columnReason, "why the applicant could not be simulated; empty when it could, or was not to be"))
	groups := append(store.KeyColumns(), treatmentColumns()...)
	groups = append(append(groups, outcomeColumns()...), privateColumn)
	return []store.PartTable{
		{Name: TableRuns, Doc: "one row per applicant and draw of the programme", Columns: applicants},
		{Name: TableGroups, Doc: "one row per applicant, draw, and what a policy may give to the group", Columns: append(groups, worthColumns...)},
	}
}

// treatmentColumns say what a group got.
func treatmentColumns() []store.Column {
	return []store.Column{
		textColumn("form", "organisational form: market, customer, system, or own for a mix of its own"),
		numberColumn("manager_hours", "h/week", "hours of the export manager"),
		wholeColumn("smes", "SMEs", "members of the group"),
		numberColumn("project_years", "years", "length of the project"),
	}
}

func putTreatment(w *store.TableWriter, t programme.Treatment) *store.TableWriter {
	form := "own"
	if t.Form < scenario.Forms {
		form = t.Form.String()
	}
	return w.Text(form).Float(t.Hours).Int(int64(t.SMEs)).Float(t.Years)
}

// ProgrammeSink writes the runs of a piece to its part of the data set.
type ProgrammeSink struct {
	partSink
	applicants, groups *store.TableWriter
	differing          []*sim.Parameter
}

// NewProgrammeSink writes to a part; failures hears of failed runs once it is whole.
func NewProgrammeSink(w *store.PartWriter, s *programme.Study, failures *Failures) *ProgrammeSink {
	return &ProgrammeSink{partSink{part: w, failures: failures}, w.Table(TableRuns), w.Table(TableGroups), differing(s)}
}

// Put writes one applicant in one draw.
func (w *ProgrammeSink) Put(r *programme.Run) error {
	t := w.applicants.Int(int64(r.Number)).Int(int64(r.Draw)).Text(r.Kind)
	for _, q := range w.differing {
		t.Float(q.In(&r.Params))
	}
	if r.Reason != "" {
		w.fail(r.Number, r.Draw, r.Reason)
	}
	if err := t.Floats(applicationOf(&r.Applied)).Int(int64(len(r.Outcomes))).Text(r.Reason).EndRow(); err != nil {
		return err
	}
	for k := range r.Outcomes {
		o := &r.Outcomes[k]
		err := putTreatment(w.groups.Int(int64(r.Number)).Int(int64(r.Draw)), o.Treatment).Floats(o.Values[:]).Float(o.Private).
			Float(o.Worth.Alone).Float(o.Worth.Further).Float(o.Worth.Benefit).EndRow()
		if err != nil {
			return err
		}
	}
	return nil
}

// ReadProgramme reads the first draws of a complete data set of a programme into a
// book, as many as the programme asks for.
func ReadProgramme(ctx context.Context, path string, s *programme.Study) (*programme.Book, error) {
	r, err := store.OpenForReading(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	book := s.NewBook(s.Programme.Times)
	columns := []string{"row", "replication", privateColumn.Name}
	for _, o := range []sim.Outcome{sim.ValueTotalExpected, sim.PublicCost} {
		columns = append(columns, o.String())
	}
	for _, c := range worthColumns {
		columns = append(columns, c.Name)
	}
	fixed := len(columns)
	for _, o := range book.Outcomes {
		columns = append(columns, o.String())
	}
	values := make([]float64, len(book.Outcomes))
	return book, r.Each(TableGroups, columns, func(_ store.Part, c []store.Values) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for i := range c[0].Ints {
			if c[1].Ints[i] >= int64(book.Draws()) {
				continue
			}
			for k := range values {
				values[k] = c[fixed+k].Floats[i]
			}
			w := experiment.Worth{Sales: c[3].Floats[i], Public: c[4].Floats[i], Alone: c[5].Floats[i], Further: c[6].Floats[i], Benefit: c[7].Floats[i]}
			if math.IsNaN(w.Sales + w.Public + w.Further + w.Benefit) {
				return fmt.Errorf("applicant %d, draw %d has no outcomes", c[0].Ints[i], c[1].Ints[i])
			}
			if err := book.Add(int(c[1].Ints[i]), int(c[0].Ints[i]), values, c[2].Floats[i], w); err != nil {
				return err
			}
		}
		return nil
	})
}
