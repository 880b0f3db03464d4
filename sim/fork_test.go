package sim

import (
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A run that is forked off a longer one at the end of its project is the run that began
// on its own, to the last bit, and the longer one goes on as if nobody had forked it off.
func TestForkIsTheShorterRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		trunk, fork, alone := NewGroup(), NewGroup(), NewGroup()
		trunkWeekly, forkWeekly, aloneWeekly := new(Series), new(Series), new(Series)
		trunk.Record(trunkWeekly)
		fork.Record(forkWeekly)
		alone.Record(aloneWeekly)
		long := randomParams(t)
		short := long
		short.Project.Years = rapid.Float64Range(0.25, 1).Draw(t, "ends after") * long.Project.Years
		long.Project.Horizon = max(long.Project.Horizon, short.Project.Horizon)
		short.Project.Horizon = long.Project.Horizon
		replication := rapid.Uint64().Draw(t, "replication")
		alone.Run(&short, 1, replication)
		trunk.Reset(&long, 1, replication)
		for range long.TotalWeeks() {
			trunk.Step()
			if trunk.week == short.ProjectWeeks() && trunk.week < long.ProjectWeeks() {
				fork.Fork(trunk, &short)
				for range short.TotalWeeks() - trunk.week {
					fork.Step()
				}
			}
		}
		if short.ProjectWeeks() < long.ProjectWeeks() {
			same(t, "fork", fork, alone, forkWeekly, aloneWeekly)
		}
		alone = NewGroup()
		alone.Record(aloneWeekly)
		alone.Run(&long, 1, replication)
		same(t, "trunk", trunk, alone, trunkWeekly, aloneWeekly)
	})
}

// same holds two groups and their weekly series against each other.
func same(t *rapid.T, what string, got, want *Group, weekly, wanted *Series) {
	if a, b := fmt.Sprint(*got.Result()), fmt.Sprint(*want.Result()); a != b { // of a number as many digits as tell it from all others
		t.Fatalf("%s: the results differ:\n%s\n%s", what, a, b)
	}
	if f := differing(stateOf(got), stateOf(want)); f != "" {
		t.Fatalf("%s: %s differs from that of the run on its own", what, f)
	}
	if a, b := fmt.Sprint(weekly.Columns), fmt.Sprint(wanted.Columns); a != b {
		t.Fatalf("%s: the weekly series differ:\n%s\n%s", what, a, b)
	}
}

// A fork shares no memory with what it was forked off.
func TestForkSharesNothing(t *testing.T) {
	p := at(map[string]float64{"group.focus": 0.7, "group.open": 1, "group.turnover": 0.5})
	q := p
	q.Project.Years = 2
	trunk, fork := NewGroup(), NewGroup()
	trunk.Reset(&p, 1, 1)
	for range q.ProjectWeeks() {
		trunk.Step()
	}
	fork.Fork(trunk, &q)
	v, w := reflect.ValueOf(trunk).Elem(), reflect.ValueOf(fork).Elem()
	found := 0
	var walk func(name string, a, b reflect.Value)
	walk = func(name string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.Struct:
			for i := range a.NumField() {
				walk(name+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
			}
		case reflect.Array:
			for i := range a.Len() {
				walk(name, a.Index(i), b.Index(i))
			}
		case reflect.Slice:
			found++
			if a.Cap() > 0 && a.Pointer() == b.Pointer() {
				t.Errorf("%s is one piece of memory", name)
			}
		case reflect.Pointer, reflect.Map, reflect.Chan:
			if !a.IsNil() && a.Pointer() == b.Pointer() {
				t.Errorf("%s is shared", name)
			}
		}
	}
	walk("group", v, w)
	if found < 6 {
		t.Errorf("only %d slices seen: the test looks at nothing", found)
	}
}
