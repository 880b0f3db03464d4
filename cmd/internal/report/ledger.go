package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"epgsim/sim/claims"
	"epgsim/sim/store"
)

// The files of a ledger, beside its units of work.
const (
	LedgerFile    = "claims.json" // the facts
	LedgerPage    = "claims.html"
	LedgerTable   = "claims.csv"
	LedgerColumns = "claims.parquet" // the same table
	LedgerFigure  = "figures/ledger" // .svg and .png
)

// What a directory may hold instead of the ledger that is to be written there.
var (
	ErrNoLedger    = errors.New("the directory is not empty and holds no ledger of claims")
	ErrOtherLedger = errors.New("the directory holds the ledger of another plan, model or choice of claims")
)

// Ledger is the directory of a run of the claims. Units of work are kept in
// it under a key of all that decides them, so that an interrupted run goes on
// and a changed one begins anew.
type Ledger struct {
	Path   string
	Plan   claims.Plan
	Claims []claims.Claim
	Facts  LedgerFacts

	keep *store.Keep // nil when it is only read
}

// LedgerFacts is claims.json: what the ledger in a directory is of.
type LedgerFacts struct {
	Version         string   `json:"version"`
	ModelHash       string   `json:"model_hash"`
	Seed            uint64   `json:"seed,string"`
	Replications    int      `json:"replications"`
	Sets            int      `json:"parameter_sets"`
	SetReplications int      `json:"replications_per_set"`
	Claims          []string `json:"claims"`
	Worlds          string   `json:"worlds_hash,omitempty"` // of Plan.Worlds
	Experiments     string   `json:"experiments_hash"`
}

func (f LedgerFacts) key() string {
	b, _ := json.Marshal(f) // numbers and text always marshal
	return store.Hash(b)[:16]
}

// NewLedger is the ledger of some claims at a path. Nothing is read or written.
func NewLedger(p *Program, path string, plan claims.Plan, cs []claims.Claim) *Ledger {
	l := &Ledger{Path: path, Plan: plan, Claims: cs, Facts: LedgerFacts{Version: p.Version, ModelHash: p.Model, Seed: plan.Seed,
		Replications: plan.Replications, Sets: plan.Sets, SetReplications: plan.SetReplications, Experiments: ExperimentsHash(cs)}}
	for _, c := range cs {
		l.Facts.Claims = append(l.Facts.Claims, c.ID)
	}
	if plan.Worlds != nil {
		l.Facts.Worlds = plan.Worlds.Hash()
	}
	return l
}

// ReadLedger reads what the ledger in a directory is of. It has no claims when
// one of them is unknown.
func ReadLedger(path string) (*Ledger, error) {
	file := filepath.Join(path, LedgerFile)
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	l := &Ledger{Path: path}
	f := &l.Facts
	if err := json.Unmarshal(b, f); err != nil {
		return nil, fmt.Errorf("%s: damaged: %w", file, err)
	}
	l.Plan = claims.Plan{Seed: f.Seed, Replications: f.Replications, Sets: f.Sets, SetReplications: f.SetReplications}
	if len(f.Claims) > 0 {
		l.Claims, _ = claims.Find(f.Claims)
	}
	if f.Worlds != "" {
		if l.Plan.Worlds, err = ReadWorlds(filepath.Join(path, WorldsFile)); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// ExperimentsHash changes with the arms, parts and ablations of the claims, so
// that work done for an earlier ledger is not taken for that of a later one.
// What a part computes is known by the part's name only.
func ExperimentsHash(cs []claims.Claim) string {
	var b strings.Builder
	for _, c := range cs {
		fmt.Fprintf(&b, "%s %+v %v\n", c.ID, c.Arms, c.Ablation) // fmt sorts maps
		for _, p := range c.Parts {
			fmt.Fprintf(&b, "\t%s %s %v\n", p.Name, p.Unit, p.Info)
		}
	}
	return store.Hash([]byte(b.String()))[:16]
}

// There says whether the ledger in the directory is this one, or this one without
// calibrated worlds, which extend it.
func (l *Ledger) There() bool {
	is := l.thereIs()
	return is == l.Facts.key() || is == l.Facts.plausible().key()
}

// thereIs is the key of the ledger in the directory; "" where there is none.
func (l *Ledger) thereIs() string {
	there, err := ReadLedger(l.Path)
	if err != nil {
		return ""
	}
	return there.Facts.key()
}

// plausible is the ledger without calibrated worlds.
func (f LedgerFacts) plausible() LedgerFacts {
	f.Worlds = ""
	return f
}

// Open opens the directory for writing. A directory that holds something else
// is ErrNoLedger, another ledger ErrOtherLedger unless force is given. Close it
// when done.
func (l *Ledger) Open(force bool) (err error) {
	l.keep, err = store.OpenKeep(l.Path, func(names []string) error {
		switch {
		case len(names) > 0 && !slices.Contains(names, LedgerFile):
			return ErrNoLedger
		case len(names) > 0 && !force && !l.There():
			return ErrOtherLedger
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := l.begin(); err != nil {
		return errors.Join(err, l.keep.Close())
	}
	return nil
}

// Close gives the directory free.
func (l *Ledger) Close() error { return l.keep.Close() }

// begin writes what the ledger is of. Page and table of another are removed
// before.
func (l *Ledger) begin() error {
	if l.thereIs() == l.Facts.key() {
		return nil
	}
	b, err := json.MarshalIndent(l.Facts, "", "  ")
	if err != nil {
		return err
	}
	if err := l.keep.Remove(LedgerPage, LedgerTable, LedgerColumns, LedgerFigure+".svg", LedgerFigure+".png", WorldsFile); err != nil {
		return err
	}
	if w := l.Plan.Worlds; w != nil {
		if err := l.keep.WriteFile(WorldsFile, w.CSV()); err != nil {
			return err
		}
	}
	return l.keep.WriteFile(LedgerFile, append(b, '\n'))
}

// unitName is the path of a unit's file below the directory. Calibrated worlds decide
// about none of the others.
func (l *Ledger) unitName(name string) string {
	of := l.Facts
	if !strings.HasPrefix(name, "world-") {
		of = of.plausible()
	}
	return "units/" + of.key() + "/" + name + ".json"
}

// unit reads a unit of work that was finished earlier. One that cannot be read
// is not there.
func (l *Ledger) unit(name string) (u claims.Unit, ok bool) {
	b, err := os.ReadFile(filepath.Join(l.Path, filepath.FromSlash(l.unitName(name))))
	if err != nil || json.Unmarshal(b, &u) != nil || u.Name != name {
		return u, false
	}
	for _, c := range l.Claims {
		if len(u.Parts[c.ID]) != len(c.Parts) {
			return u, false
		}
	}
	return u, true
}

// Units reads all units that were finished earlier, and counts the runs that
// the others take.
func (l *Ledger) Units() (units map[string]claims.Unit, runsLeft int) {
	units = map[string]claims.Unit{}
	for _, name := range l.Plan.Units() {
		if u, ok := l.unit(name); ok {
			units[name] = u
		} else {
			runsLeft += l.Plan.Runs(name, l.Claims)
		}
	}
	return units, runsLeft
}

// Run does every unit of work that is not among units, adds it to them and
// keeps it in the directory. Done hears of every run.
func (l *Ledger) Run(ctx context.Context, units map[string]claims.Unit, done func(runs int)) error {
	for _, name := range l.Plan.Units() {
		if _, ok := units[name]; ok {
			continue
		}
		u, err := l.Plan.RunUnit(ctx, name, l.Claims, done)
		if err != nil {
			return err
		}
		b, err := json.Marshal(u)
		if err != nil {
			return err
		}
		if err := l.keep.WriteFile(l.unitName(name), b); err != nil {
			return err
		}
		units[name] = u
	}
	return nil
}

// Write writes the ledger as a page, as a table and as a figure.
func (l *Ledger) Write(results []claims.Result) error {
	page, err := l.Page(results)
	if err != nil {
		return err
	}
	if err := l.keep.WriteFile(LedgerPage, page); err != nil {
		return err
	}
	for name, format := range map[string]store.Format{LedgerTable: store.CSV, LedgerColumns: store.Parquet} {
		b, err := l.ledgerTable(format, results)
		if err != nil {
			return err
		}
		if err := l.keep.WriteFile(name, b); err != nil {
			return err
		}
	}
	f, svg, err := l.drawAll(results)
	if err != nil {
		return err
	}
	png, err := f.PNG()
	if err != nil {
		return err
	}
	return errors.Join(l.keep.WriteFile(LedgerFigure+".svg", svg), l.keep.WriteFile(LedgerFigure+".png", png))
}
