package sim

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"
)

// twinJob is a run that the Python twin is asked for, twinAnswer what it comes to:
// null for what is missing.
type twinJob struct {
	Parameters  map[string]float64 `json:"parameters"`
	Seed        uint64             `json:"seed"`
	Replication uint64             `json:"replication"`
	Agents      bool               `json:"agents"`
}

type twinAnswer struct {
	Outcomes map[string]*float64   `json:"outcomes"`
	Weekly   map[string][]*float64 `json:"weekly"`
	Seconds  float64               `json:"seconds"`
}

// exactly has the twin reckon exp, log and the normal quantile as the model does, not as
// Python's library: then no near tie falls to the other side.
const exactly = "--exact"

// startTwin starts the twin of testdata/twin and returns what asks it for a run. Without
// Python the test is skipped, or fails if CI is true.
func startTwin(t testing.TB, flags ...string) func(twinJob) twinAnswer {
	python, err := exec.LookPath("python3")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no python3, and CI=true")
		}
		t.Skip("no python3")
	}
	cmd := exec.Command(python, append([]string{"-B", "testdata/twin/twin.py"}, flags...)...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		io.Copy(io.Discard, out)
		if err := cmd.Wait(); err != nil {
			t.Error("the twin:", err)
		}
	})
	jobs, answers := json.NewEncoder(in), json.NewDecoder(bufio.NewReader(out))
	return func(job twinJob) twinAnswer {
		var a twinAnswer
		if err := jobs.Encode(job); err != nil {
			t.Fatal(err)
		}
		if err := answers.Decode(&a); err != nil {
			t.Fatal("the twin's answer:", err)
		}
		return a
	}
}

// The model and its twin in Python, written from ODD.md alone, come to the same
// outcomes in every run, and its agents to the same numbers in every week.
func TestTwinInPython(t *testing.T) {
	ask := startTwin(t, exactly)
	replications := uint64(1)
	if os.Getenv("EPGSIM_LONG") != "" {
		replications = 3
	}
	for _, c := range []struct {
		name    string
		changes map[string]float64
	}{
		{"market", map[string]float64{"group.focus": 0}},
		{"customer", map[string]float64{"group.focus": 0.5}},
		{"system", map[string]float64{"group.focus": 1}},
		{"lasting", map[string]float64{"group.focus": 0.3, "project.years": 1, "project.fade": 6, "project.lasting": 0.1, "project.horizon": 15, "money.reserve": 0.3, "money.fee_size": 0.3,
			"money.fee_use": 0.6, "money.margin": 0.25, "manager.turnover": 0.5, "customer.brand": 0.6, "group.graduation": 2, "learning.meeting_gain": 0.02}},
		{"lasting and open", map[string]float64{"group.focus": 0.6, "project.years": 0.5, "project.fade": 4, "project.horizon": 8, "money.reserve": 1, "money.margin": 0.4, "group.graduation": 4,
			"group.open": 1, "group.size": 8, "formation.promoter": 0.8, "project.full": 0.2, "norms.turns": 0.7, "norms.merit": 0.4, "group.committees": 1.5}},
		{"ruled", map[string]float64{"group.focus": 0.8, "goals.spread": 0.5, "norms.turns": 1, "norms.merit": 1, "norms.hub": 1, "group.committees": 3, "formation.promoter": 1}},
		{"assistants, unready, short of hours", map[string]float64{"group.focus": 0.7, "markets.count": 3, "markets.assistant": 8, "manager.hours": 20, "group.experience": 0.2, "group.hours": 9, "norms.ambition": 3, "project.years": 5}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, g, weekly := at(c.changes), NewGroup(), new(Series)
			g.Record(weekly)
			for r := range replications {
				result := g.Run(&p, 1, r)
				for _, agents := range []bool{false, true} {
					twin := ask(twinJob{c.changes, 1, r, agents})
					if err := sameOutcomes(result, twin); err != nil {
						t.Errorf("replication %d, agents %v: %v", r, agents, err)
					}
					if err := sameWeeks(weekly, twin); agents && err != nil {
						t.Errorf("replication %d: %v", r, err)
					}
				}
			}
		})
	}
}

// The same anywhere in the parameters' ranges, each mostly within a half of its
// default. A near tie may fall to the other side (ODD.md 7.1), in few runs.
func TestTwinInPythonAnywhere(t *testing.T) {
	if os.Getenv("EPGSIM_STUDY") == "" {
		t.Skip("a study: EPGSIM_STUDY=1")
	}
	ask := startTwin(t, exactly)
	const runs, most = 1000, 3
	apart := 0
	for seed := range uint64(runs) {
		luck, changes := rand.New(rand.NewPCG(seed, 1)), map[string]float64{}
		for i := range Table {
			q := &Table[i]
			lo, hi := max(q.Min, q.Default/2), min(q.Max, q.Default*1.5)
			if luck.IntN(6) == 0 {
				lo, hi = q.Min, q.Max
			}
			v := lo + float64((hi-lo)*luck.Float64())
			if q.Type != Real {
				v = math.Round(v)
			}
			changes[q.Name] = v
		}
		changes["group.size"] = float64(2 + luck.IntN(MaxSMEs-1))
		changes["formation.candidates"] = max(changes["formation.candidates"], changes["group.size"])
		changes["project.years"] = 0.25 + 7*luck.Float64()
		changes["project.horizon"] = changes["project.years"] + 4*luck.Float64()
		p := at(changes)
		if err := sameOutcomes(NewGroup().Run(&p, seed, 0), ask(twinJob{changes, seed, 0, false})); err != nil {
			t.Logf("seed %d: %v", seed, err)
			apart++
		}
	}
	if t.Logf("%d of %d runs differ", apart, runs); apart > most {
		t.Errorf("more than %d do", most)
	}
}

func sameOutcomes(result *Result, twin twinAnswer) error {
	for o := range NOutcomes {
		b, ok := twin.Outcomes[o.String()]
		if a := result.Get(o); !ok || !agree(a, b) {
			return fmt.Errorf("%s is %v in the model, %v in the twin", o, a, told(b))
		}
	}
	return nil
}

func sameWeeks(weekly *Series, twin twinAnswer) error {
	for week := range weekly.Weeks {
		for c := range NColumns {
			column := twin.Weekly[c.Info().Name]
			if len(column) != weekly.Weeks {
				return fmt.Errorf("%d weeks of %s, in the model %d", len(column), c.Info().Name, weekly.Weeks)
			}
			if a, b := weekly.Columns[c][week], column[week]; !agree(a, b) {
				return fmt.Errorf("week %d: %s is %v in the model, %v in the twin", week, c.Info().Name, a, told(b))
			}
		}
	}
	return nil
}

// agree says whether two numbers are the same to about 12 digits, or both missing.
func agree(a float64, b *float64) bool {
	if b == nil {
		return math.IsNaN(a)
	}
	return math.Abs(a-*b) <= 1e-12*max(1, math.Abs(a), math.Abs(*b))
}

func told(x *float64) any {
	if x == nil {
		return "missing"
	}
	return *x
}
