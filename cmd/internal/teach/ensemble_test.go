package teach

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"epgsim/cmd/internal/tell"
	"epgsim/sim"
	"epgsim/sim/experiment"
)

// lines asks for an ensemble and returns its lines.
func lines(t *testing.T, h *httptest.Server, body string) []Ensemble {
	t.Helper()
	status, text, header := ask(t, h, "POST", "/api/ensemble", body)
	if status != 200 || header.Get("Content-Type") != "application/x-ndjson" {
		t.Fatalf("%s: %d %.300s", body, status, text)
	}
	var out []Ensemble
	for line := range strings.Lines(text) {
		var e Ensemble
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%v: %.300s", err, line)
		}
		out = append(out, e)
	}
	return out
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (n *number) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*n = number(math.NaN())
		return nil
	}
	return json.Unmarshal(b, (*float64)(n))
}

// An ensemble comes in stages, each with all that a picture needs, and the
// same bytes a second time.
func TestEnsembleComesInStages(t *testing.T) {
	_, h := begin(t)
	for _, c := range []struct{ all, want string }{
		{"2", "[2]"}, {"39", "[39]"}, {"40", "[20 40]"}, {"150", "[20 150]"}, {"220", "[20 100 220]"},
	} {
		var got []int
		for _, e := range lines(t, h, `{"what":{"scenario":"base","set":{"project.years":"1","project.horizon":"2","group.technology":"0.2"}},"forms":["market","system"],"replications":`+c.all+`,"years":[2],"seed":3}`) {
			got = append(got, e.Replications)
			if e.Done != (fmt.Sprint(e.Replications) == c.all) || !slices.Equal(e.Years, []float64{1, 2}) || e.Own != 1 || e.Horizon != 2 || len(e.Forms) != 2 {
				t.Errorf("%d of %s: done %v, years %v, own %v, %d forms", e.Replications, c.all, e.Done, e.Years, e.Own, len(e.Forms))
			}
			for _, f := range e.Forms {
				checkForm(t, e, f)
			}
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s replications come as %v, want %s", c.all, got, c.want)
		}
	}
	const again = `{"what":{"scenario":"short-system-project"},"forms":["system"],"replications":40,"years":[2],"seed":3}`
	_, first, _ := ask(t, h, "POST", "/api/ensemble", again)
	_, packed, _ := ask(t, h, "POST", "/api/ensemble", again, "Accept-Encoding", "gzip")
	if _, second, _ := ask(t, h, "POST", "/api/ensemble", again); first != second || len(packed) > len(first)/2 {
		t.Errorf("%d bytes, then %d, packed %d", len(first), len(second), len(packed))
	}
}

func checkForm(t *testing.T, e Ensemble, f EnsembleForm) {
	t.Helper()
	if len(f.Values) != e.Replications || len(f.Seen) != 2 || len(f.Outcomes) != int(sim.NOutcomes) || len(f.Weekly) != len(weeklyColumns) {
		t.Errorf("%s: %d values, %d years, %d outcomes, %d bands", f.Key, len(f.Values), len(f.Seen), len(f.Outcomes), len(f.Weekly))
	}
	if last := f.Seen[1]; last.Years != 2 || last.Mean != 1 {
		t.Errorf("%s: of a project that goes on to the horizon %v is sold by then", f.Key, last.Mean)
	}
	checkBranches(t, e, f)
	for name, b := range f.Weekly {
		n := len(b.Week)
		if n == 0 || n > mostBandPoints || len(b.P05) != n || len(b.Mean) != n || b.Week[n-1] < 52 {
			t.Errorf("%s %s: %d weeks to %v", f.Key, name, n, b.Week)
		}
		for k := range b.Week {
			if !(b.P05[k] <= b.P25[k] && b.P25[k] <= b.P75[k] && b.P75[k] <= b.P95[k]) {
				t.Fatalf("%s %s week %d: quantiles are out of order", f.Key, name, b.Week[k])
			}
		}
	}
}

// checkBranches holds the project that stops against the one that goes on: they
// are the same until it stops, and what is lost is the difference.
func checkBranches(t *testing.T, e Ensemble, f EnsembleForm) {
	t.Helper()
	end, nothing := int(e.Own*sim.WeeksPerYear), 0
	for r, week := range f.Stopped.First {
		if on := f.GoesOn.First[r]; week != on && !(math.IsNaN(float64(week)) && math.IsNaN(float64(on))) && (week <= number(end) || on <= number(end)) {
			t.Errorf("%s, replication %d: first deals in weeks %v and %v of a project of %d", f.Key, r, week, on, end)
		}
		if !(week <= number(end)) {
			nothing++
		}
	}
	if got := float64(f.Nothing.Mean) * float64(e.Replications); len(f.Stopped.First) != e.Replications || math.Abs(got-float64(nothing)) > 1e-9 {
		t.Errorf("%s: %v groups of %d have sold nothing when the project ends, by their first deals %d", f.Key, got, e.Replications, nothing)
	}
	if lost := 1 - f.Stopped.Sold.Mean/f.GoesOn.Sold.Mean; math.Abs(float64(lost-f.Lost.Mean)) > 1e-12 {
		t.Errorf("%s: %v is lost, of %v sold and %v", f.Key, f.Lost.Mean, f.Stopped.Sold.Mean, f.GoesOn.Sold.Mean)
	}
	for k, w := range f.Stopped.Curve.Week {
		if a, b := f.Stopped.Curve.Mean[k], f.GoesOn.Curve.Mean[k]; w <= end && a != b {
			t.Fatalf("%s, week %d: %v k€ and %v", f.Key, w, a, b)
		}
	}
}

// Each whole year has its share, whatever the periods.
func TestSeenByEveryYear(t *testing.T) {
	_, h := begin(t)
	e := lines(t, h, `{"what":{"scenario":"base","set":{"project.years":"2.5","project.horizon":"4.25"}},"replications":10,"forms":["customer"]}`)[0]
	var years []float64
	last := number(0)
	for _, y := range e.Forms[0].Seen {
		years = append(years, y.Years)
		if y.Mean < last {
			t.Errorf("by year %v less is closed than before", y.Years)
		}
		last = y.Mean
	}
	if !slices.Equal(years, []float64{1, 2, 2.5, 3, 4, 4.25}) {
		t.Errorf("years %v", years)
	}
}

// What the weeks of a dance show is what its events tell.
func TestDanceAgreesWithItself(t *testing.T) {
	_, h := begin(t)
	for _, name := range []string{"short-system-project", "open-group", "paper-machinery"} {
		d := get[Dance](t, h, "POST", "/api/dance", `{"what":{"scenario":"`+name+`"},"seed":4,"replication":7}`)
		if len(d.Forms) < 3 {
			t.Fatalf("%s: %d forms", name, len(d.Forms))
		}
		for _, f := range d.Forms {
			checkDance(t, name+" "+f.Key, f)
		}
	}
}

func checkDance(t *testing.T, name string, f DanceForm) {
	t.Helper()
	n := len(f.Names)
	if len(f.Weeks) != f.TotalWeeks || f.TotalWeeks < f.ProjectWeeks {
		t.Fatalf("%s: %d weeks of %d", name, len(f.Weeks), f.TotalWeeks)
	}
	events := map[int][]tell.Event{}
	for _, raw := range f.Events {
		var e tell.Event
		if err := json.Unmarshal(raw, &e); err != nil {
			t.Fatal(err)
		}
		events[e.Week] = append(events[e.Week], e)
	}
	deals, value, open := 0, 0.0, map[int]bool{}
	for k, w := range f.Weeks {
		for _, e := range events[k+1] {
			switch e.Event {
			case "door-opened":
				open[e.Opportunity] = true
			case "deal":
				deals++
				value += e.Numbers["value_keur"]
				delete(open, e.Opportunity)
			case "lost":
				delete(open, e.Opportunity)
			case "order":
				value += e.Numbers["value_keur"]
			}
		}
		if w.Deals != deals || math.Abs(w.Value-value) > 1e-9*max(1, value) {
			t.Fatalf("%s week %d: %d deals, %v k€; the events tell %d, %v", name, k+1, w.Deals, w.Value, deals, value)
		}
		if len(w.Trust) != n*n || len(w.Active) != n || len(w.Received) != n || len(w.Opportunities) != len(open) {
			t.Fatalf("%s week %d: %d trust, %d active, %d opportunities of %d", name, k+1, len(w.Trust), len(w.Active), len(w.Opportunities), len(open))
		}
		for _, o := range w.Opportunities {
			if !open[o.Serial] || o.Progress < 0 || o.Progress > 1 || o.Hours < 0 || o.Hours > max(f.JointHours["customer"], f.JointHours["system"]) {
				t.Fatalf("%s week %d: %+v", name, k+1, o)
			}
		}
		for _, j := range w.Joint {
			if j[0] >= j[1] || j[1] >= float64(n) || j[2] <= 0 {
				t.Fatalf("%s week %d: joint work %v", name, k+1, j)
			}
		}
	}
}

// What a dance says of the horizon is what the run of the same luck sells by then, its project ending
// and going on; and an offer waits for joint hours up to the week in which it goes out.
func TestDanceLooksAtTheHorizon(t *testing.T) {
	p := sim.Defaults()
	p.Project.Years = 3
	for _, v := range experiment.PureForms(p) {
		f, err := danceForm(t.Context(), &v, 3, 1)
		if err != nil {
			t.Fatal(err)
		}
		if f.HorizonWeeks != p.TotalWeeks() || f.TotalWeeks != p.ProjectWeeks()+yearsDanced*sim.WeeksPerYear {
			t.Errorf("%s: %d weeks shown of %d", v.Key, f.TotalWeeks, f.HorizonWeeks)
		}
		for _, c := range []struct {
			years float64
			got   DanceSum
		}{{3, f.Stopped}, {p.Project.Horizon, f.GoingOn}} {
			q := v.Params
			q.Project.Years = c.years
			var series sim.Series
			g := sim.NewGroup()
			g.Record(&series)
			g.Run(&q, 3, 1)
			last := q.TotalWeeks() - 1
			if want := (DanceSum{int(series.Columns[sim.ColDeals][last]), series.Columns[sim.ColValue][last]}); c.got != want {
				t.Errorf("%s, %v years of project: %+v by the horizon, a run has %+v", v.Key, c.years, c.got, want)
			}
		}
	}
}

// A group has a hub to show only if it sells systems.
func TestDanceShowsTheHubOfSystems(t *testing.T) {
	_, h := begin(t)
	for what, want := range map[string]string{
		`{"scenario":"paper-machinery"}`:                  "system", // its own mix is of market and customer sales
		`{"scenario":"base","set":{"group.focus":"0.7"}}`: "system own",
	} {
		d := get[Dance](t, h, "POST", "/api/dance", `{"what":`+what+`}`)
		var with []string
		for _, f := range d.Forms {
			if f.Hub >= 0 {
				with = append(with, f.Key)
			}
		}
		if got := strings.Join(with, " "); len(d.Forms) != 4 || got != want {
			t.Errorf("%s: of %d forms %q have a hub, want %q", what, len(d.Forms), got, want)
		}
	}
}

// weary is a context that ends after it was asked a few times.
type weary struct {
	context.Context
	times int
}

func (w *weary) Err() error {
	if w.times--; w.times < 0 {
		return context.Canceled
	}
	return nil
}

// A dance that nobody waits for any more ends within a week.
func TestDanceIsGivenUp(t *testing.T) {
	p := sim.Defaults()
	v := experiment.Variant{Params: p}
	ctx := &weary{t.Context(), 10}
	if f, err := danceForm(ctx, &v, 1, 0); !errors.Is(err, context.Canceled) || len(f.Weeks) != 0 || ctx.times != -1 {
		t.Errorf("%v after %d weeks, asked %d times more", err, len(f.Weeks), -1-ctx.times)
	}
	ctx = &weary{t.Context(), 2 * p.TotalWeeks()} // as it ends, and had it gone on
	if f, err := danceForm(ctx, &v, 1, 0); err != nil || len(f.Weeks) != f.TotalWeeks || ctx.times != 0 {
		t.Errorf("%v after %d of %d weeks, to be asked %d times more", err, len(f.Weeks), f.TotalWeeks, ctx.times)
	}
}
