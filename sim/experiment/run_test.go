package experiment

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"
	"time"

	"epgsim/sim"
)

// tiny is the shortest project there is: 13 weeks.
func tiny() sim.Params {
	p := sim.Defaults()
	p.Project.Years, p.Project.Horizon = 0.25, 0.25
	return p
}

// twoForms are a market and a system group.
func twoForms() []Arm {
	market, system := sim.Defaults(), sim.Defaults()
	market.Group.Focus, system.Group.Focus = 0, 1
	return []Arm{{Name: "market", Params: market, Record: true}, {Name: "system", Params: system, Record: true}}
}

// exact is all that a row came to, every number bit by bit.
func exact(r Row) string {
	var b strings.Builder
	for _, x := range r.Result.Values {
		fmt.Fprintf(&b, "%x ", math.Float64bits(x))
	}
	for _, t := range r.Result.ByYear {
		for _, x := range []float64{t.Value, t.Expected, t.Public, t.Private, t.JointActs} {
			fmt.Fprintf(&b, "%x ", math.Float64bits(x))
		}
	}
	fmt.Fprintf(&b, "%d %#v", r.Result.Members, r.Result.SMEs)
	if r.Series != nil {
		for _, column := range r.Series.Columns {
			for _, x := range column {
				fmt.Fprintf(&b, "%x ", math.Float64bits(x))
			}
		}
	}
	return b.String()
}

// Rows come family by family in the order of replications, the same for every number
// of workers, though the first arm takes far longest; and each is what the
// model alone gives, also where it was forked off another.
func TestRunDeliversInOrderWhateverTheWorkers(t *testing.T) {
	long := sim.Defaults()
	long.Project.Years = 2
	middle, other := long, tiny()
	middle.Project.Years = 1
	other.Group.Focus = 1
	arms := []Arm{{Name: "middle", Params: middle}, {Name: "other", Params: other, Record: true}, {Name: "long", Params: long, Record: true}, {Name: "again", Params: middle, Record: true}}
	order := []int{0, 2, 3} // of the arms in the first family; the second has the other
	for _, n := range []int{1, 7, 8, 9, 33} {
		plan := Plan{Seed: 3, First: 5, Replications: n}
		g := sim.NewGroup()
		var want []string
		for _, arm := range arms {
			for r := range n {
				var series *sim.Series
				if arm.Record {
					series = &sim.Series{}
				}
				g.Record(series)
				want = append(want, exact(Row{Result: g.Run(&arm.Params, 3, uint64(5+r)), Series: series}))
			}
		}
		place := func(k int) (arm, replication int) {
			if k < 3*n {
				return order[k%3], k / 3
			}
			return 1, k - 3*n
		}
		for _, workers := range []int{1, 2, 7} {
			plan.Workers = workers
			k := 0
			err := Run(t.Context(), arms, plan, func(r Row) error {
				if arm, replication := place(k); r.Arm != arm || r.Replication != 5+replication {
					t.Fatalf("%d workers, %d replications: row %d is arm %d, replication %d", workers, n, k, r.Arm, r.Replication)
				}
				if (r.Series != nil) != arms[r.Arm].Record {
					t.Errorf("arm %d: a series is there: %v", r.Arm, r.Series != nil)
				}
				if exact(r) != want[r.Arm*n+r.Replication-5] {
					t.Errorf("%d workers, %d replications: arm %d, replication %d is not what the model alone gives", workers, n, r.Arm, r.Replication)
				}
				k++
				return nil
			})
			if err != nil || k != 4*n {
				t.Errorf("%d workers, %d replications: %d rows, %v", workers, n, k, err)
			}
		}
	}
}

// The luck of replication 17 alone is its luck among 500.
func TestReplication17AloneEquals17Of500(t *testing.T) {
	arms := twoForms()
	of := func(plan Plan) (found []string) {
		err := Run(t.Context(), arms, plan, func(r Row) error {
			if r.Replication == 17 {
				found = append(found, exact(r))
			}
			return nil
		})
		if err != nil || len(found) != len(arms) {
			t.Fatalf("%d rows, %v", len(found), err)
		}
		return found
	}
	alone, among := of(Plan{Seed: 1, First: 17, Replications: 1}), of(Plan{Seed: 1, Replications: 500})
	for k := range arms {
		if alone[k] != among[k] {
			t.Errorf("%s: replication 17 alone differs from replication 17 of 500", arms[k].Name)
		}
	}
	if alone[0] == alone[1] {
		t.Error("both forms give the same numbers: they say nothing")
	}
}

// settle waits until no more goroutines run than before.
func settle(t *testing.T, before int) {
	t.Helper()
	for deadline := time.Now().Add(5 * time.Second); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

// A context that ends stops the run soon, leaves no goroutine, and what was
// delivered is the beginning of the whole.
func TestCancelledRunStopsSoonAndDeliveredAPrefix(t *testing.T) {
	before := runtime.NumGoroutine()
	arms := twoForms()
	for _, workers := range []int{1, 2, 7} {
		ctx, cancel := context.WithCancel(t.Context())
		rows := 0
		var ended time.Time
		err := Run(ctx, arms, Plan{Seed: 1, Replications: 1_000_000_000, Workers: workers}, func(r Row) error {
			if r.Arm != 0 || r.Replication != rows {
				t.Fatalf("row %d is arm %d, replication %d", rows, r.Arm, r.Replication)
			}
			if rows++; rows == 1003 {
				ended = time.Now()
				cancel()
			}
			return nil
		})
		if took := time.Since(ended); took > time.Second {
			t.Errorf("%d workers: took %v to stop", workers, took)
		}
		if !Interrupted(err) || !errors.Is(err, context.Canceled) {
			t.Errorf("%d workers: error is %v", workers, err)
		}
		if rows < 1003 || rows > 1003+chunk*4*workers {
			t.Errorf("%d workers: %d rows", workers, rows)
		}
		settle(t, before)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	err := Run(ended, arms, Plan{Replications: 100}, func(Row) error {
		t.Error("a row was delivered though the context had ended")
		return nil
	})
	if !Interrupted(err) {
		t.Errorf("error is %v", err)
	}
	settle(t, before)
}

// An error of deliver stops the run and comes back as it is.
func TestErrorOfDeliverStopsTheRun(t *testing.T) {
	before := runtime.NumGoroutine()
	full := errors.New("disk full")
	for _, workers := range []int{1, 2, 7} {
		rows := 0
		err := Run(t.Context(), []Arm{{Params: tiny()}}, Plan{Replications: 1_000_000_000, Workers: workers}, func(Row) error {
			if rows++; rows == 21 {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) || rows != 21 || Interrupted(err) {
			t.Errorf("%d workers: %d rows, error %v", workers, rows, err)
		}
		settle(t, before)
	}
}

// When the model breaks, the error says in which replication, so that it can be
// seen again; the rows before it have been delivered.
func TestBrokenModelIsABug(t *testing.T) {
	before := runtime.NumGoroutine()
	broken := tiny()
	broken.Group.Size, broken.Formation.Candidates = 50, 60 // beyond the arrays: the scenario would have refused it
	for _, workers := range []int{1, 2, 7} {
		rows := 0
		err := Run(t.Context(), []Arm{{Name: "good", Params: tiny()}, {Name: "system focus, 3 years", Params: broken}},
			Plan{Seed: 42, First: 100, Replications: 19, Workers: workers}, func(Row) error { rows++; return nil })
		var broke *bug
		if !errors.As(err, &broke) {
			t.Fatalf("%d workers: error is %v", workers, err)
		}
		if broke.Arm != "system focus, 3 years" || broke.Seed != 42 || broke.Replication != 100 || rows != 19 || Interrupted(err) {
			t.Errorf("%d workers: %d rows, %+v", workers, rows, broke)
		}
		for _, part := range []string{`arm "system focus, 3 years", seed 42, replication 100: `, broke.What, "defect of epgsim", "report it with the scenario"} {
			if part == "" || !strings.Contains(err.Error(), part) {
				t.Errorf("the message %q lacks %q", err, part)
			}
		}
		settle(t, before)
	}
}

// Memory does not grow with replications.
func TestMemoryIsFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("100,000 replications")
	}
	inUse := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapInuse) / (1 << 20)
	}
	early, late, rows := 0.0, 0.0, 0
	p := tiny()
	err := Run(t.Context(), []Arm{{Params: p, Record: true}}, Plan{Seed: 1, Replications: 100_000}, func(Row) error {
		switch rows++; rows {
		case 2_000:
			early = inUse()
		case 100_000:
			late = inUse()
		}
		return nil
	})
	if err != nil || early == 0 || late == 0 {
		t.Fatal(rows, err)
	}
	if late > early+1 {
		t.Errorf("%.1f MiB in use after 2,000 replications, %.1f after 100,000", early, late)
	}
}
