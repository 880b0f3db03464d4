package teach

import (
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"epgsim/sim"
	"epgsim/sim/scenario"
)

type startScenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

type startParameter struct {
	Name    string  `json:"name"`
	Role    string  `json:"role"` // lever or uncertainty
	Type    string  `json:"type"` // real, whole or switch
	Unit    string  `json:"unit"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"`
	Default float64 `json:"default"`
	Doc     string  `json:"doc"`
}

type startOutcome struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Unit  string `json:"unit"`
}

// startEvent is what the page must know of a kind of event.
type startEvent struct {
	Name   string `json:"name"`
	Doc    string `json:"doc"`
	Often  bool   `json:"often"`  // stories sum it up
	Weight int    `json:"weight"` // in headlines; 0: never there
}

type startClaim struct {
	ID        string `json:"id"`
	Statement string `json:"statement"`
	Verdict   string `json:"verdict"`
	// Borderline says that another draw of luck or of parameter sets could well
	// give a neighbouring verdict.
	Borderline bool `json:"borderline,omitempty"`
}

type startListen struct {
	LAN  bool     `json:"lan"`
	URLs []string `json:"urls"`
}

// start is the answer to /api/start.
type start struct {
	Version    string           `json:"version"`
	Classes    bool             `json:"classes"`        // can be held: not without a server
	Open       *what            `json:"open,omitempty"` // none: each chapter begins with its own
	Scenarios  []startScenario  `json:"scenarios"`
	Parameters []startParameter `json:"parameters"`
	Outcomes   []startOutcome   `json:"outcomes"`
	Events     []startEvent     `json:"events"`
	Claims     []startClaim     `json:"claims"`
	Listen     startListen      `json:"listen"`
}

// startBody adds to b what never changes while the lesson lasts.
func startBody(b start) (body, error) {
	for _, i := range scenario.Shipped() {
		b.Scenarios = append(b.Scenarios, startScenario{i.Name, i.Title})
	}
	for i := range sim.Table {
		q := &sim.Table[i]
		if q.Role != sim.Constant {
			b.Parameters = append(b.Parameters, startParameter{q.Name, q.Role.String(), typeName(q.Type), q.Unit, q.Min, q.Max, q.Default, q.Doc})
		}
	}
	for o := range sim.NOutcomes {
		i := o.Info()
		b.Outcomes = append(b.Outcomes, startOutcome{i.Name, i.Label, sim.UnitText(i.Unit)})
	}
	for k := range sim.NEvents {
		i := k.Info()
		b.Events = append(b.Events, startEvent{i.Name, i.Doc, i.Has(sim.SummedUp), i.Weight})
	}
	told, err := verdicts()
	if err != nil {
		return body{}, err
	}
	for _, id := range slices.Sorted(maps.Keys(told.Verdicts)) {
		b.Claims = append(b.Claims, startClaim{id, told.Statements[id], told.Verdicts[id], slices.Contains(told.Borderline, id)})
	}
	return newBody(encode(b), gzip.BestCompression), nil
}

func typeName(t sim.Type) string {
	return map[sim.Type]string{sim.Real: "real", sim.Whole: "whole", sim.Switch: "switch"}[t]
}

// ledger is what the claims of the chapters came to. It is kept with the
// program because it takes longer than a page may take to open, and a page that
// brings the program along need not bring the experiments; a test holds it to
// the model.
//
//go:embed verdicts.json
var ledger []byte

type keptVerdicts struct {
	Of         string            `json:"of"` // model and experiments, for the test
	Verdicts   map[string]string `json:"verdicts"`
	Borderline []string          `json:"borderline"`
	Statements map[string]string `json:"statements"`
}

func verdicts() (v keptVerdicts, err error) {
	if err = json.Unmarshal(ledger, &v); err != nil {
		err = fmt.Errorf("verdicts.json: %w", err)
	}
	return v, err
}
