package calibrate

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"testing"

	"epgsim/scenarios"
	"epgsim/sim"
	"epgsim/sim/scenario"
)

var update = flag.Bool("update", false, "write the tutorial's data anew")

// madeUp is the world of the tutorial's data.
var madeUp = map[string]float64{"joint.hours_system": 130, "customer.trust_rate": 0.17, "markets.customers": 70}

// tutorialData makes the groups of the tutorial.
func tutorialData(t *testing.T, ts *scenario.Targets) []byte {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"group", "form", "members", "years", "weeks to first deal", "deals", "offers", "sales keur"})
	g := sim.NewGroup()
	for c := range ts.Cases {
		p := ts.Cases[c].Scenario.Params
		for name, v := range madeUp {
			sim.Lookup(name).SetIn(&p, v)
		}
		for n := range uint64(20) {
			r := g.Run(&p, 2026, uint64(100*c)+n)
			first := ""
			if v := r.Get(sim.FirstDealWeek); !math.IsNaN(v) {
				first = fmt.Sprint(v)
			}
			_ = w.Write([]string{fmt.Sprintf("%c%d", 'A'+c, n+1), ts.Cases[c].Name, fmt.Sprint(p.Size()), fmt.Sprint(p.Project.Years), first,
				fmt.Sprint(r.Get(sim.DealsProject)), fmt.Sprint(r.Get(sim.OffersProject)), fmt.Sprintf("%.0f", r.Get(sim.ValueProject))})
		}
	}
	w.Flush()
	return b.Bytes()
}

// The data of the tutorial are what the program makes in the world that the file tells of.
func TestTutorialDataAreMadeHere(t *testing.T) {
	const file = "own-groups.csv"
	src, _ := scenarios.TargetsSource("own-data")
	for name, v := range madeUp {
		if !bytes.Contains(src, []byte(fmt.Sprintf("%g", v))) {
			t.Errorf("own-data.toml does not tell that %s is %g", name, v)
		}
	}
	ts, err := scenario.LoadTargets("own-data")
	if err != nil && !*update {
		t.Fatal(err)
	}
	if ts == nil {
		if ts, err = scenario.LoadTargets("outside"); err != nil { // its first three cases are the same
			t.Fatal(err)
		}
		ts.Cases = ts.Cases[:3]
	}
	made := tutorialData(t, ts)
	if *update {
		if err := os.WriteFile("../../scenarios/targets/"+file, made, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if is, _ := scenarios.TargetsData(file); !bytes.Equal(is, made) {
		t.Errorf("%s is not what the model makes; if the model was changed on purpose: go test ./sim/calibrate -run Tutorial -update", file)
	}
}
