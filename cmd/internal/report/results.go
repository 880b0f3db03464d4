// Package report turns results into what a command leaves: a directory of
// tables, figures, a page and a manifest, and the text that is printed.
//
// Create opens the directory of one command (Results) for what it is of (Subject).
// A Tell method for each kind of report collects verdict, tables and figures into
// a document, writes page and manifest, and then prints. Data sets (such as
// SweepHead, SweepSink, ReadSweep of sweeps) and ledgers of claims (Ledger) have
// directories of their own kind.
//
// The package knows nothing of flags, exit codes or the process around it. The
// program, its arguments and its clock are given as a Program.
package report

import (
	"fmt"
	"html/template"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"time"

	"epgsim/cmd/internal/tell"
	"epgsim/plots"
	"epgsim/sim"
	"epgsim/sim/scenario"
	"epgsim/sim/store"
)

// The files of a command, beside its tables and figures.
const (
	ScenarioFile  = "scenario.toml"  // resolved
	DesignFile    = "design.toml"    // of a sweep or its analysis
	ProgrammeFile = "programme.toml" // as it was run, its scenarios beside it
	PageFile      = "report.html"
	ExplainFile   = "explain.html" // the page of an explanation
)

// ScenarioFileOf is the file of the k-th scenario, from 0, of several that are compared.
func ScenarioFileOf(k int) string {
	if k == 0 {
		return ScenarioFile
	}
	return fmt.Sprintf("scenario-%d.toml", k+1)
}

// Settings say where results go, what they are of, and in which formats.
type Settings struct {
	Path         string        // of the directory
	Force        bool          // replace an earlier run there
	Next         func() string // another path, where somebody else has just taken that one; nil: there is none
	Format       string        // of data files: csv, parquet, both or xlsx
	Seed         uint64
	Replications int
	Arms         []string             // names for the manifest
	Series       int                  // replications whose weekly series are written one by one
	Language     tell.Language        // of the page, the figures and what is printed
	Matters      float64              // share of the best from which on a difference matters
	Column       bool                 // lay the figures files out for one column of a journal
	Others       []*scenario.Scenario // compared beside the first
	Worlds       *scenario.Drawing    // of --doubt; else nil
	Again        []string             // the words that make the same again: see store.Recipe
}

// formats are the files that a Format makes of a table.
var formats = map[string]store.Format{"csv": store.CSV, "parquet": store.Parquet, "xlsx": store.XLSX} // CSV and Parquet by default

// endings are those of the data files, as words.
func (s *Settings) endings() string {
	return map[string]string{"both": ".csv and .parquet", "csv": ".csv", "parquet": ".parquet", "xlsx": ".xlsx"}[s.Format]
}

// Results is the directory of one command. Close it when done.
type Results struct {
	program  *Program
	subject  Subject
	settings Settings
	dir      *store.Dir
	started  time.Time
	runs     *runTables // of comparisons; else nil
}

// Create makes the directory for a command. Its errors are those of
// store.Create.
func Create(p *Program, of Subject, settings Settings) (*Results, error) {
	dir, err := store.Create(settings.Path, settings.Force)
	if err != nil {
		return nil, err
	}
	return &Results{program: p, subject: of, settings: settings, dir: dir, started: p.Now().UTC().Round(time.Millisecond)}, nil
}

// Close gives the directory free, whether or not it was finished.
func (r *Results) Close() error {
	_ = r.settle() // nothing may be written any more
	return r.dir.Close()
}

// Path is the directory's, for messages.
func (r *Results) Path() string { return r.dir.Path("") }

// Interrupted finishes the directory with the rows written so far.
func (r *Results) Interrupted() error {
	r.dir.Interrupted()
	if r.runs != nil && r.runs.rest == nil {
		if err := r.runs.close(); err != nil {
			return err
		}
	}
	return r.Finish()
}

// Finish writes the resolved scenario or programme and the manifest, when all tables are
// written.
func (r *Results) Finish() error {
	if err := r.settle(); err != nil {
		return err
	}
	for _, f := range r.subject.files {
		if err := r.dir.WriteFile(f.Path, f.Data); err != nil {
			return err
		}
	}
	for k, s := range r.settings.Others {
		if err := r.dir.WriteFile(ScenarioFileOf(k+1), s.TOML()); err != nil {
			return err
		}
	}
	if w := r.settings.Worlds; w != nil && w.Worlds != nil {
		if err := r.dir.WriteFile(WorldsFile, w.Worlds.CSV()); err != nil {
			return err
		}
	}
	ended := r.program.Now()
	return r.dir.Finish(store.Manifest{
		Version: r.program.Version, GoVersion: runtime.Version(), Command: append([]string{"epgsim"}, r.program.Args...),
		Seed: r.settings.Seed, Scenario: r.subject.Name, ScenarioHash: r.subject.Hash, ModelHash: r.program.Model,
		Started: r.started, Ended: ended.UTC().Round(time.Millisecond),
		Wall:         store.Seconds(ended.Sub(r.started).Round(time.Millisecond).Seconds()),
		Replications: r.settings.Replications, Arms: r.settings.Arms, Recipe: &store.Recipe{Words: r.settings.Again},
	})
}

// receipt is what every file of the directory says of its origin.
func (r *Results) receipt() [][2]string {
	return r.program.receipt(r.subject.Name, r.subject.Hash, r.settings.Seed)
}

// table begins a table in the formats asked for.
func (r *Results) table(t store.Table) (*store.TableWriter, error) {
	t.Meta = map[string]string{}
	for _, m := range r.receipt() {
		t.Meta[m[0]] = m[1]
	}
	t.Formats = formats[r.settings.Format]
	return r.dir.Table(t)
}

// drawFigures draws the figures, several at once, and writes them in their order.
func (r *Results) drawFigures(figures []*plots.Figure) ([]pageFigure, error) {
	drawn := make([]picture, len(figures))
	var draw sync.WaitGroup
	hands := make(chan struct{}, runtime.GOMAXPROCS(0))
	for k, f := range figures {
		draw.Go(func() {
			hands <- struct{}{}
			defer func() { <-hands }()
			drawn[k] = r.picture(f)
		})
	}
	draw.Wait()
	var onPage []pageFigure
	for k, f := range figures {
		d, name := &drawn[k], "figures/"+f.Name
		if d.err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.Name, d.err)
		}
		if err := r.dir.WriteFile(name+".svg", d.svg); err != nil {
			return nil, err
		}
		if err := r.dir.WriteFile(name+".png", d.png); err != nil {
			return nil, err
		}
		onPage = append(onPage, pageFigure{Figure: f, SVG: template.HTML(d.onPage)}) //nolint:gosec // our own drawing
	}
	return onPage, nil
}

// picture is a figure as it is drawn: for the page, and for the files beside it.
type picture struct {
	onPage, svg, png []byte
	err              error
}

func (r *Results) picture(f *plots.Figure) (p picture) {
	f.Meta = r.receipt()
	if p.onPage, p.err = f.SVG(); p.err != nil {
		return p
	}
	p.svg = p.onPage
	if r.settings.Column {
		f = f.At(plots.Column)
		if p.svg, p.err = f.SVG(); p.err != nil {
			return p
		}
	}
	p.png, p.err = f.PNG()
	return p
}

// Program is the program that makes results, as their files name it.
type Program struct {
	Version string
	Model   string   // hash of the model's source: ModelHash
	Args    []string // as typed, without the program's name
	Now     func() time.Time
}

// receipt is what every file that can carry it says of its origin.
func (p *Program) receipt(scenario, hash string, seed uint64) [][2]string {
	return [][2]string{{"epgsim_version", p.Version}, {"scenario", scenario}, {"scenario_hash", hash},
		{"model_hash", p.Model}, {"seed", fmt.Sprint(seed)}}
}

// ModelHash identifies the model's source, without its tests.
func ModelHash() (string, error) { return store.ModelHash(withoutTests{sim.Source}) }

// withoutTests hides the test files of a folder.
type withoutTests struct{ fs.ReadDirFS }

func (w withoutTests) ReadDir(name string) ([]fs.DirEntry, error) {
	all, err := w.ReadDirFS.ReadDir(name)
	var kept []fs.DirEntry
	for _, e := range all {
		if !strings.HasSuffix(e.Name(), "_test.go") {
			kept = append(kept, e)
		}
	}
	return kept, err
}
